# Makes the file system of a sandbox, in which there are the programs of /usr and the folders of its job alone, and keeps it until
# its input ends. Started in a mount namespace of its own: by root, or by a plain user as root of a user namespace of theirs.
# Says the id of a process that is in all of its namespaces; stages (stage.sh) enter those.
#
#   JOB      folder of the job, in which mounts is a table of what is mounted
#   FOLDERS  to be made in the sandbox, COPIES: files of this machine's /etc that are copied, LINKS: links of / that are
#   FIRST_ID first id of the user namespace, or nothing where there is one already
set -eu

# Made while the rest is: a process that waits for the end of the input, in a user namespace that is to be filled.
exec 4<&0
if [ -n "$FIRST_ID" ]; then
  unshare --user cat <&4 4<&- 3>&- > /dev/null &
  holder=$!
fi

cd "$JOB/root"
mount -t tmpfs -o mode=755,size=1m tmpfs .
cd "$JOB/root"
mkdir -p old $FOLDERS
ln -s /disk/tmp var/tmp
ln -s /job/policy.json etc/containers/policy.json
if [ -n "$LINKS" ]; then cp -P $LINKS .; fi
if [ -n "$COPIES" ]; then cp -L $COPIES etc; fi
mount --all --fstab "$JOB/mounts"

# What the file system of the machine was is out of reach from here on.
pivot_root . old
cd /
umount -l old

if [ -z "$FIRST_ID" ]; then
  echo $$ >&3
  exec cat <&4 4<&- 3>&- > /dev/null
fi

while [ "$(readlink /proc/$holder/ns/user)" = "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
echo "0 $FIRST_ID 65536" > /proc/$holder/uid_map
echo "0 $FIRST_ID 65536" > /proc/$holder/gid_map
echo $holder >&3
exec 3>&- 4<&-
wait $holder
