# Written by bondplan: takes back the LAGs and their ports, while the file that made them is there. Run it with sh.
ifdown bond1 bond3 bond9
ifdown swp1 swp2 swp3 swp4 swp5 swp6
rm -f /etc/network/interfaces.d/bondplan.intf
ifreload -a
