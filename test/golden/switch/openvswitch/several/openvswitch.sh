#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond1 eth0 eth1 \
  -- set port bond1 lacp=active other_config:lacp-time=slow vlan_mode=trunk trunks=10,20 external_ids:description="to h1 bond0" \
  -- --may-exist add-bond br0 bond3 eth2 eth3 \
  -- set port bond3 vlan_mode=access tag=1 external_ids:description="to h2 bond0" \
  -- --may-exist add-bond br0 bond9 eth4 eth5 \
  -- set port bond9 lacp=active other_config:lacp-time=slow vlan_mode=trunk trunks=10,20 external_ids:description="to sw9 9" \
  -- set interface eth0 external_ids:description="h1 eth0" \
  -- set interface eth1 external_ids:description="h1 eth1" \
  -- set interface eth2 external_ids:description="h2 eth0" \
  -- set interface eth3 external_ids:description="h2 eth1"
