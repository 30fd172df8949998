# Written by bondplan: takes back the LAGs and their ports, while the file that made them is there. Run it with sh.
ifdown bond1 bond5
ifdown swp1 swp5 swp6
rm -f /etc/network/interfaces.d/bondplan.intf
ifreload -a
