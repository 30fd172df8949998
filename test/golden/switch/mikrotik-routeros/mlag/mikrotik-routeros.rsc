# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0"
:if ([ :len [ /interface bonding find name=bond1 ] ] = 0) do={ /interface bonding add name=bond1 mode=802.3ad slaves=ether1 lacp-rate=30secs comment="to h1 bond0" mlag-id=1 }
/interface bonding set [ find name=bond1 ] mode=802.3ad slaves=ether1 lacp-rate=30secs comment="to h1 bond0" mlag-id=1
:if ([ :len [ /interface bonding find name=bond5 ] ] = 0) do={ /interface bonding add name=bond5 mode=802.3ad slaves=ether5,ether6 lacp-rate=30secs comment="to sw2 peer link" }
/interface bonding set [ find name=bond5 ] mode=802.3ad slaves=ether5,ether6 lacp-rate=30secs comment="to sw2 peer link"
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=bond1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond1 }
/interface bridge port set [ find interface=bond1 ] bridge=bridge1 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=bond5 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=bond5 }
/interface bridge port set [ find interface=bond5 ] bridge=bridge1 pvid=1
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=10 comment=bondplan tagged=bond1,bond5
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=20 comment=bondplan tagged=bond1,bond5
/interface bridge mlag set bridge=bridge1 peer-port=bond5
/interface bridge set bridge1 vlan-filtering=yes
