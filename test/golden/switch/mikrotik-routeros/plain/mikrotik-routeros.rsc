# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
/interface bridge add name=bridge1
/interface bridge port add bridge=bridge1 interface=ether1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge port add bridge=bridge1 interface=ether2 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
