# Hosts without systemd, each a network namespace with a file system of its own where it writes; $HOSTS names them. Each
# has eth0 and eth1 to a bond of the switch ($SWITCH is bond) or to plain ports of it ($SWITCH is ports, for a kernel
# without bonding); all is one bridge with 192.0.2.1. The host's old configuration is beside, as interfaces.HOST.
set -e
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
ip netns add SW
ip -n SW link set lo up
ip -n SW link add br0 type bridge
ip -n SW address add 192.0.2.1/24 dev br0
ip -n SW link set br0 up
for host in $HOSTS; do
  ip netns add $host
  if [ "$SWITCH" = bond ]; then
    ip -n SW link add sw-$host type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4
  else
    ip -n SW link add sw-$host type bridge
  fi
  for number in 0 1; do
    ip -n SW link add $host-$number type veth peer name eth$number netns $host
    ip -n SW link set $host-$number master sw-$host
  done
  if [ "$SWITCH" = bond ]; then
    ip -n SW link set sw-$host master br0
  else
    ip -n SW link add b-$host type veth peer name s-$host
    ip -n SW link set b-$host master br0 up
    ip -n SW link set s-$host master sw-$host up
    ip -n SW link set $host-0 up
    ip -n SW link set $host-1 up
  fi
  ip -n SW link set sw-$host up
  cat > /run/rig/$host.sh <<EOF
mount -t tmpfs tmpfs /run/network
mkdir -p /var/lib/bondplan
mount -t tmpfs tmpfs /var/lib/bondplan
mkdir -p /run/rig/$host/hooks /run/rig/$host/upper /run/rig/$host/work
mount -t overlay -o lowerdir=/etc,upperdir=/run/rig/$host/upper,workdir=/run/rig/$host/work overlay /etc
# Of the hooks only those that these hosts have a use for: each idle one is several processes a device.
for folder in if-pre-up.d if-up.d if-down.d if-post-down.d; do
  for hook in /etc/network/\$folder/*; do
    case \$hook in */ifenslave | */vlan) ;; *) rm -f \$hook ;; esac
  done
done
cp /mnt/interfaces.$host /etc/network/interfaces
ifup -a
echo \$\$ > /run/rig/$host.pid
exec python3 -B /mnt/far/far_shell.py 2222
EOF
  mkdir -p /run/network
  ip netns exec $host unshare --mount sh /run/rig/$host.sh > /mnt/out/$host.log 2>&1 &
done
mkdir -p /mnt/wire
exec ip netns exec SW python3 -B /mnt/far/relay.py /mnt/wire
