# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
:if ([ :len [ /interface bonding find name=bond6 ] ] = 0) do={ /interface bonding add name=bond6 mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs min-links=2 lacp-user-key=7 lacp-system-priority=100 comment="uplink of h1" }
/interface bonding set [ find name=bond6 ] mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs min-links=2 lacp-user-key=7 lacp-system-priority=100 comment="uplink of h1"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond6 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond6 }
/interface bridge port set [ find interface=bond6 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
/interface bridge set bridge1 vlan-filtering=yes
