# Runs one command of a builder as nobody of this machine, where it sees the programs of /usr and the folders of its job alone.
# Started in a mount namespace of its own: by root, or by a plain user as root of a user namespace of theirs.
#
#   JOB      folder of the job, of which settings are /job afterwards, never to be changed
#   DISK     file system in a file, or a folder: afterwards /disk
#   BASE     folder with the base images, afterwards /base
#   BASE_MODE  ro or rw
#   CGROUPS  folders of control groups to enter, or nothing
#   FIRST_ID first id of the user namespace, or nothing where there is one already
#   NETWORK  own or host
set -eu

for group in $CGROUPS; do
  echo $$ > "$group/cgroup.procs"
done

root=$JOB/root
mount -t tmpfs -o mode=755,size=1m tmpfs "$root"
cd "$root"
mkdir usr etc dev proc sys tmp run var job disk base old
ln -s /disk/tmp var/tmp
mount --rbind /usr usr
for folder in bin sbin lib lib32 lib64; do
  if [ -L "/$folder" ]; then
    cp -P "/$folder" "$folder"
  elif [ -d "/$folder" ]; then
    mkdir "$folder"
    mount --bind "/$folder" "$folder"
  fi
done
for entry in alternatives ca-certificates ld.so.cache passwd group hosts nsswitch.conf resolv.conf services ssl pki \
  containers/certs.d docker/certs.d; do
  if [ -d "/etc/$entry" ]; then
    mkdir -p "etc/$entry"
    mount --bind "/etc/$entry" "etc/$entry"
  elif [ -e "/etc/$entry" ]; then
    cat "/etc/$entry" > "etc/$entry"
  fi
done
mkdir -p etc/containers
cat "$JOB/settings/policy.json" > etc/containers/policy.json
mount --rbind /dev dev
mount --rbind /proc proc
mount --rbind /sys sys
mount --bind "$JOB/settings" job
mount -o remount,bind,ro job
mount --bind "$BASE" base
if [ "$BASE_MODE" = ro ]; then mount -o remount,bind,ro base; fi
if [ -f "$DISK" ]; then
  mount -o loop,discard,nosuid,nodev "$DISK" disk
else
  mount --bind "$DISK" disk
fi
mount -t tmpfs -o mode=1777,size=16m tmpfs tmp
mount -t tmpfs -o mode=1777,size=16m tmpfs run

# What the file system of the machine was is out of reach from here on.
pivot_root . old
cd /
umount -l old

if [ "$NETWORK" = own ]; then network=--net; else network=; fi
# A change of the user clears what ties a process to its parent, so it is tied after that.
set -- setpriv --pdeathsig KILL unshare --mount --pid --ipc --uts $network --fork --kill-child --mount-proc \
  sh /job/inside.sh "$@"
if [ -z "$FIRST_ID" ]; then exec "$@"; fi

unshare --user sleep 60 &
holder=$!
while [ "$(readlink /proc/$holder/ns/user)" = "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
echo "0 $FIRST_ID 65536" > /proc/$holder/uid_map
echo "0 $FIRST_ID 65536" > /proc/$holder/gid_map
exec 9< /proc/$holder/ns/user
kill $holder
wait $holder || true
exec nsenter --user=/proc/self/fd/9 --setuid 0 --setgid 0 "$@"
