# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=ether1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=ether1 }
/interface bridge port set [ find interface=ether1 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=ether2 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=ether2 }
/interface bridge port set [ find interface=ether2 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
