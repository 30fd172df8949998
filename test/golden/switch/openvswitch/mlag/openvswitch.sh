#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond1 eth0 \
  -- set port bond1 lacp=active other_config:lacp-time=slow vlan_mode=trunk trunks=10,20 external_ids:description="to h1 bond0" \
  -- --may-exist add-bond br0 bond5 eth4 eth5 \
  -- set port bond5 lacp=active other_config:lacp-time=slow vlan_mode=native-untagged tag=1 trunks=10,20 external_ids:description="to sw2 peer link" \
  -- set interface eth0 external_ids:description="h1 eth0"
