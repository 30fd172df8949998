#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-port br0 eth0 \
  -- set port eth0 vlan_mode=trunk trunks=10,20 other_config:rstp-port-admin-edge=true \
  -- --may-exist add-port br0 eth1 \
  -- set port eth1 vlan_mode=trunk trunks=10,20 other_config:rstp-port-admin-edge=true \
  -- set interface eth0 external_ids:description="h1 eth0" mtu_request=9000 \
  -- set interface eth1 external_ids:description="h1 eth1" mtu_request=9000
