# The hosts of namespaces.sh on this machine, for what needs no bond: apart from its network and from what it writes. $1 is
# the folder that a guest would have as /mnt, $2 names the hosts.
set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/network /run/rig/etc/upper /run/rig/etc/work
mount --bind "$1" /mnt
mount -t overlay -o lowerdir=/etc,upperdir=/run/rig/etc/upper,workdir=/run/rig/etc/work overlay /etc
HOSTS=$2
SWITCH=ports
. /mnt/far/namespaces.sh
