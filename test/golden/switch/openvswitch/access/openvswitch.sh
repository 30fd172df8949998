#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond2 eth0 eth1 \
  -- set port bond2 lacp=active other_config:lacp-time=slow vlan_mode=access tag=30 external_ids:description="to h1 bond0" \
  -- set interface eth0 external_ids:description="h1 eth0" \
  -- set interface eth1 external_ids:description="h1 eth1"
