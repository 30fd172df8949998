# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
:if ([ :len [ /interface bonding find name=bond1 ] ] = 0) do={ /interface bonding add name=bond1 mode=balance-xor slaves=ether1,ether2 comment="to h1 bond0" }
/interface bonding set [ find name=bond1 ] mode=balance-xor slaves=ether1,ether2 comment="to h1 bond0"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond1 }
/interface bridge port set [ find interface=bond1 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
