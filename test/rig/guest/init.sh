# The first process of a guest. It gives the kernel its file systems, loads modules, and hands over to the
# caller's script; what it leaves to the caller is everything else. The folder that host and guest share is
# mounted on /mnt. The machine's own root is mounted read-only, so nothing below can write into it: /run and
# /tmp are fresh, and /etc and /var are writable copies in memory.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/tmp
. /mnt/settings.sh

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts 2>/dev/null

# The kernel's modules, wherever they are on the host, under a name that modprobe can be told. max_bonds=0:
# otherwise loading the driver makes a bond0 of its own.
mkdir -p /run/rig/lib/modules /run/rig/usr /run/rig/modprobe.d
ln -s ../lib /run/rig/usr/lib
mount -t hostfs -o "$RIG_MODULES" none /run/rig/lib/modules 2>/dev/null ||
  mount -t hostfs -o "hostfs=$RIG_MODULES" none /run/rig/lib/modules
echo 'options bonding max_bonds=0' > /run/rig/modprobe.d/bonding.conf
modprobe -a -d /run/rig -C /run/rig/modprobe.d overlay $RIG_MODULE_NAMES

# From here on no program is started for a module that somebody asks for: it would not be found, and each
# search costs as much as a small program (networkd asks for several).
echo > /proc/sys/kernel/modprobe

# /etc and /var become writable, in memory or on the guest's own disk. Kernels before 6.1 cannot open what an overlay
# shows of hostfs: there /etc is copied, and /var stays as it is.
layers=/run/rig
if [ "$RIG_BOOTED" = 1 ]; then
  layers=/run/rig/disk
  mkdir $layers
  mknod /run/rig/ubda b 98 0
  mount -t ext4 /run/rig/ubda $layers
fi
overlay() {
  mkdir -p $layers/$1/upper $layers/$1/work
  mount -t overlay -o "lowerdir=/$1,upperdir=$layers/$1/upper,workdir=$layers/$1/work" overlay /$1
}
overlay etc
if cat /etc/passwd > /dev/null 2>&1; then
  overlay var
else
  umount /etc
  cp -a /etc /run/rig/copy
  mount --bind /run/rig/copy /etc
fi
ip link set lo up
# A lost question for a neighbour is repeated after 0.1 s instead of 1 s, in every network namespace.
for family in ipv4 ipv6; do echo 100 > /proc/sys/net/$family/neigh/default/retrans_time_ms; done

# The name that networkd derives MAC addresses and DHCP identifiers from: the same on every machine.
echo 0123456789abcdef0123456789abcdef > /etc/machine-id
# A root that was unpacked and never configured has no list of its libraries; Python looks them up there.
[ -e /etc/ld.so.cache ] || ldconfig

# Whoever installed the host was here before it was ever booted.
if [ "$RIG_BOOTED" = 1 ] && ! [ -e $layers/installed ]; then
  sh -e /mnt/installer.sh || { echo o > /proc/sysrq-trigger; sleep 10; }
  touch $layers/installed
  sync
fi

# The host ends a guest that takes too long; should the host's process be gone by then, it ends itself.
(sleep "$RIG_SECONDS"; echo o > /proc/sysrq-trigger) &

# systemd as the first process: the script is a unit without dependencies. What a whole system would start besides is
# masked; udevd, dbus and the journal stay. The modules are loaded, the devices are the test's own. From a disk it is a boot
# as a host has it: sysinit.target with what the host has put there, then the units that are enabled.
if [ "$RIG_SYSTEMD" = 1 ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  units=/etc/systemd/system
  for unit in systemd-udev-trigger systemd-modules-load systemd-sysusers systemd-tmpfiles-setup systemd-sysctl \
    systemd-tmpfiles-setup-dev systemd-update-utmp systemd-journal-flush systemd-binfmt systemd-remount-fs \
    systemd-timesyncd netplan-ovs-cleanup kmod-static-nodes modprobe@ systemd-random-seed; do
    ln -sf /dev/null $units/$unit.service
  done
  printf '%s\n' '[Unit]' DefaultDependencies=no 'Wants=dbus.socket systemd-udevd.service rig.service' > $units/rig.target
  printf '%s\n' '[Unit]' DefaultDependencies=no '[Service]' Type=oneshot TimeoutStartSec=infinity \
    Environment=HOME=/tmp 'ExecStart=/bin/sh /mnt/unit.sh' > $units/rig.service
  if [ "$RIG_BOOTED" = 1 ]; then
    rm $units/netplan-ovs-cleanup.service  # netplan apply starts it
    printf '%s\n' "Wants=sysinit.target rig-devices.service $RIG_WANTS" >> $units/rig.target
    printf '%s\n' '[Unit]' DefaultDependencies=no After=systemd-udevd.service Wants=network-pre.target \
      'Before=network-pre.target rig.service' '[Service]' Type=oneshot 'ExecStart=/bin/sh /mnt/devices.sh' \
      StandardOutput=file:/mnt/out/devices.log StandardError=inherit > $units/rig-devices.service
  fi
  printf '%s\n' 'sh /mnt/script.sh </dev/null >/mnt/console 2>&1' 'echo $? > /mnt/status' \
    'echo o > /proc/sysrq-trigger' > /mnt/unit.sh
  exec /lib/systemd/systemd --system --unit=rig.target --show-status=no --log-level=notice </dev/null
fi

sh /mnt/script.sh </dev/null
echo $? > /mnt/status
echo o > /proc/sysrq-trigger
sleep 10
