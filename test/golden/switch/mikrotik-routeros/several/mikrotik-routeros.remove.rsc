# Written by bondplan: takes back the LAGs and their ports. The bridge stays; entries of VLANs that are its own go.
/interface bridge port remove [ find interface=bond1 ]
/interface bonding remove [ find name=bond1 ]
/interface bridge port remove [ find interface=bond3 ]
/interface bonding remove [ find name=bond3 ]
/interface bridge port remove [ find interface=bond9 ]
/interface bonding remove [ find name=bond9 ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=10 comment=bondplan ]
/interface bridge vlan remove [ find bridge=bridge1 vlan-ids=20 comment=bondplan ]
/interface ethernet set [ find name=ether1 ] comment=""
/interface ethernet set [ find name=ether2 ] comment=""
/interface ethernet set [ find name=ether3 ] comment=""
/interface ethernet set [ find name=ether4 ] comment=""
/interface ethernet set [ find name=ether5 ] comment=""
/interface ethernet set [ find name=ether6 ] comment=""
