# A host with systemd, which is the guest itself. Its way in is a shell that answers over its own network; the wire of the
# test comes from the switch's namespace.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
echo 1 > "/run/rig/$NAME.pid"
mkdir /mnt/wire
python3 -B /mnt/far/far_shell.py 2222 > /mnt/out/shell.log 2>&1 &
exec ip netns exec SW python3 -B /mnt/far/relay.py /mnt/wire
