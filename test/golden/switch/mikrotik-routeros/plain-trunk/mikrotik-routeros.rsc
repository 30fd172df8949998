# Written by bondplan. Change the intent, not this file.
/interface ethernet set [ find name=ether1 ] comment="h1 eth0" mtu=9000 l2mtu=9004
/interface ethernet set [ find name=ether2 ] comment="h1 eth1" mtu=9000 l2mtu=9004
:if ([ :len [ /interface bridge find name=bridge1 ] ] = 0) do={ /interface bridge add name=bridge1 }
:if ([ :len [ /interface bridge port find interface=ether1 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=ether1 }
/interface bridge port set [ find interface=ether1 ] bridge=bridge1 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
:if ([ :len [ /interface bridge port find interface=ether2 ] ] = 0) do={ /interface bridge port add bridge=bridge1 interface=ether2 }
/interface bridge port set [ find interface=ether2 ] bridge=bridge1 pvid=1 frame-types=admit-only-vlan-tagged edge=yes
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=10 comment=bondplan tagged=ether1,ether2
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface bridge vlan add bridge=bridge1 vlan-ids=20 comment=bondplan tagged=ether1,ether2
/interface bridge set bridge1 vlan-filtering=yes
