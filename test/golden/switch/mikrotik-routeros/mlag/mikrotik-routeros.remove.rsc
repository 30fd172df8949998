# Written by bondplan: takes back the LAGs and their ports. The bridge stays; entries of VLANs that are its own go.
/interface bridge port remove [ find interface=bond1 ]
/interface bonding remove [ find name=bond1 ]
/interface bridge port remove [ find interface=bond5 ]
/interface bonding remove [ find name=bond5 ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface ethernet set [ find name=ether1 ] comment=""
/interface ethernet set [ find name=ether5 ] comment=""
/interface ethernet set [ find name=ether6 ] comment=""
