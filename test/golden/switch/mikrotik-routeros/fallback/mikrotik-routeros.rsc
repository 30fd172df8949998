# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
:if ([ :len [ /interface bonding find name=bond5 ] ] = 0) do={ /interface bonding add name=bond5 mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0" }
/interface bonding set [ find name=bond5 ] mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond5 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond5 }
/interface bridge port set [ find interface=bond5 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
