# Written by bondplan: takes back the LAGs and their ports. The bridge stays; entries of VLANs go.
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 ]
/interface bridge port remove [ find interface=ether1 ]
/interface bridge port remove [ find interface=ether2 ]
/interface ethernet set [ find name=ether1 ] comment="" mtu=1500
/interface ethernet set [ find name=ether2 ] comment="" mtu=1500
