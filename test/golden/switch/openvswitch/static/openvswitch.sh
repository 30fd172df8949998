#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond1 eth0 eth1 \
  -- set port bond1 vlan_mode=access tag=1 external_ids:description="to h1 bond0" \
  -- set interface eth0 external_ids:description="h1 eth0" \
  -- set interface eth1 external_ids:description="h1 eth1"
