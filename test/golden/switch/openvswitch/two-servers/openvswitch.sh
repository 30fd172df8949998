#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond1 eth0 eth1 eth2 eth3 \
  -- set port bond1 lacp=active other_config:lacp-time=fast vlan_mode=access tag=1 external_ids:description="to s1 bond0" \
  -- --may-exist add-bond br0 bond5 eth4 eth5 \
  -- set port bond5 lacp=active other_config:lacp-time=fast vlan_mode=access tag=1 external_ids:description="to s2 bond0" \
  -- set interface eth0 external_ids:description="s1 eth0" \
  -- set interface eth1 external_ids:description="s1 eth1" \
  -- set interface eth2 external_ids:description="s1 eth2" \
  -- set interface eth3 external_ids:description="s1 eth3" \
  -- set interface eth4 external_ids:description="s2 eth0" \
  -- set interface eth5 external_ids:description="s2 eth1"
