# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
:if ([ :len [ /interface bonding find name=bond2 ] ] = 0) do={ /interface bonding add name=bond2 mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0" }
/interface bonding set [ find name=bond2 ] mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond2 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond2 }
/interface bridge port set [ find interface=bond2 ] bridge=bridge1 pvid=30 frame-types=admit-only-untagged-and-priority-tagged
/interface bridge set bridge1 vlan-filtering=yes
