# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
/interface ethernet set [ find name=ether2 ] comment="h1 eth1"
/interface ethernet set [ find name=ether3 ] comment="h2 eth0"
/interface ethernet set [ find name=ether4 ] comment="h2 eth1"
:if ([ :len [ /interface bonding find name=bond1 ] ] = 0) do={ /interface bonding add name=bond1 mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0" }
/interface bonding set [ find name=bond1 ] mode=802.3ad slaves=ether1,ether2 lacp-rate=30secs comment="to h1 bond0"
:if ([ :len [ /interface bonding find name=bond3 ] ] = 0) do={ /interface bonding add name=bond3 mode=balance-xor slaves=ether3,ether4 comment="to h2 bond0" }
/interface bonding set [ find name=bond3 ] mode=balance-xor slaves=ether3,ether4 comment="to h2 bond0"
:if ([ :len [ /interface bonding find name=bond9 ] ] = 0) do={ /interface bonding add name=bond9 mode=802.3ad slaves=ether5,ether6 lacp-rate=30secs comment="to sw9 9" }
/interface bonding set [ find name=bond9 ] mode=802.3ad slaves=ether5,ether6 lacp-rate=30secs comment="to sw9 9"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond1 }
/interface bridge port set [ find interface=bond1 ] bridge=bridge1 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=bond3 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond3 }
/interface bridge port set [ find interface=bond3 ] bridge=bridge1 pvid=1 frame-types=admit-only-untagged-and-priority-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=bond9 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond9 }
/interface bridge port set [ find interface=bond9 ] bridge=bridge1 pvid=1 frame-types=admit-only-vlan-tagged
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=10 comment=bondplan tagged=bond1,bond9
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=20 comment=bondplan tagged=bond1,bond9
/interface bridge set bridge1 vlan-filtering=yes
