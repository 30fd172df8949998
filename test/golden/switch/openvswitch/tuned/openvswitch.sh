#!/bin/sh
# Written by bondplan. Change the intent, not this file.
ovs-vsctl -- --may-exist add-br br0 \
  -- --may-exist add-bond br0 bond6 eth0 eth1 \
  -- set port bond6 lacp=active other_config:lacp-time=slow other_config:lacp-system-priority=100 vlan_mode=access tag=1 external_ids:description="uplink of h1" \
  -- set interface eth0 external_ids:description="h1 eth0" other_config:lacp-port-priority=200 other_config:lacp-aggregation-key=7 \
  -- set interface eth1 external_ids:description="h1 eth1" other_config:lacp-port-priority=200 other_config:lacp-aggregation-key=7
