# Written by bondplan: takes back the LAGs and their ports, while the file that made them is there. Run it with sh.
ifdown swp1
ifdown swp2
ifdown swp3
ifdown swp4
ifdown swp5
ifdown swp6
ifdown bond1
ifdown bond3
ifdown bond9
rm -f /etc/network/interfaces.d/bondplan.intf
ifreload -a
