# Written by bondplan: takes back the LAGs and their ports. The bridge stays; entries of VLANs that are its own go.
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface bridge port remove [ find interface=ether1 ]
/interface bridge port remove [ find interface=ether2 ]
/interface ethernet set [ find name=ether1 ] comment="" mtu=1500
/interface ethernet set [ find name=ether2 ] comment="" mtu=1500
