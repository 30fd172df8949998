# Written by bondplan: takes back the LAGs and their ports. The bridge stays; entries of VLANs that are its own go.
/interface bridge port remove [ find interface=bond1 ]
/interface bonding remove [ find name=bond1 ]
/interface ethernet set [ find name=ether1 ] comment=""
/interface ethernet set [ find name=ether2 ] comment=""
