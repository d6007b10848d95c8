# Runs one command in a sandbox, as the first process of namespaces of its own: when it ends, or whoever started it does, everything
# that it started is gone, and nothing of another stage is to be seen. Its input is a line with the id of a process of the sandbox,
# which may come late, and then the command.
#
#   CGROUPS  folders of control groups to enter, or nothing
#   IS_ROOT  yes where this is root of the machine, and only the user namespace makes it somebody else
#   NETWORK  own or host
set -eu
for group in $CGROUPS; do
  echo $$ > "$group/cgroup.procs"
done
read -r holder
if [ "$NETWORK" = own ]; then network=--net; else network=; fi
if [ "$IS_ROOT" = yes ]; then credentials='--setuid 0 --setgid 0'; else credentials=--preserve-credentials; fi
# A change of the user clears what ties a process to its parent, so it is tied after that.
exec nsenter --target "$holder" --user --mount $credentials \
  setpriv --pdeathsig KILL unshare --mount --pid --ipc --uts $network --fork --kill-child --mount-proc \
  sh /job/inside.sh
