# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="s1 eth0"
/interface ethernet set [ find name=ether2 ] comment="s1 eth1"
/interface ethernet set [ find name=ether3 ] comment="s1 eth2"
/interface ethernet set [ find name=ether4 ] comment="s1 eth3"
/interface ethernet set [ find name=ether5 ] comment="s2 eth0"
/interface ethernet set [ find name=ether6 ] comment="s2 eth1"
:if ([ :len [ /interface bonding find name=bond1 ] ] = 0) do={ /interface bonding add name=bond1 mode=802.3ad slaves=ether1,ether2,ether3,ether4 lacp-rate=1sec comment="to s1 bond0" }
/interface bonding set [ find name=bond1 ] mode=802.3ad slaves=ether1,ether2,ether3,ether4 lacp-rate=1sec comment="to s1 bond0"
:if ([ :len [ /interface bonding find name=bond5 ] ] = 0) do={ /interface bonding add name=bond5 mode=802.3ad slaves=ether5,ether6 lacp-rate=1sec comment="to s2 bond0" }
/interface bonding set [ find name=bond5 ] mode=802.3ad slaves=ether5,ether6 lacp-rate=1sec comment="to s2 bond0"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond1 }
/interface bridge port set [ find interface=bond1 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=bond5 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond5 }
/interface bridge port set [ find interface=bond5 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
