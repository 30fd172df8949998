#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. VLANs and settings of the whole switch stay.
nv unset interface bond1
nv unset interface bond5
nv unset interface swp1
nv unset interface swp5
nv unset interface swp6
nv config apply
