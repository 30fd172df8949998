# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0" mtu=9000 l2mtu=9004
/interface ethernet set [ find name=ether2 ] comment="h1 eth1" mtu=9000 l2mtu=9004
/interface bridge add name=bridge1
/interface bridge port add bridge=bridge1 interface=ether1 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
/interface bridge port add bridge=bridge1 interface=ether2 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
/interface bridge vlan add bridge=bridge1 vlan-ids=10 tagged=ether1,ether2
/interface bridge vlan add bridge=bridge1 vlan-ids=20 tagged=ether1,ether2
/interface bridge set bridge1 vlan-filtering=yes
