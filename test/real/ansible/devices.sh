# The network devices of a host with systemd, and the switch that they lead to: eth0 and eth1 to its bond, which has
# 192.0.2.1.
set -e
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
ip netns add SW
ip -n SW link set lo up
ip -n SW link add sw0 type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4
for number in 0 1; do
  ip -n SW link add p$number type veth peer name eth$number netns 1
  ip -n SW link set p$number master sw0
done
ip -n SW address add 192.0.2.1/24 dev sw0
ip -n SW link set sw0 up
