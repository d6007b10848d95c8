# The first process of a stage: whatever it starts ends with it.
if ! [ -d "/disk/known/$BOOT" ]; then mkdir -p -m 700 /disk/tmp /disk/home "/disk/known/$BOOT"; fi
mount --all --fstab /job/own-mounts || exit 125
if [ "$NETWORK" = own ]; then ip link set lo up; fi
export HOME=/disk/home TMPDIR=/disk/tmp XDG_RUNTIME_DIR=/run/user XDG_DATA_HOME=/disk/home
# The tools would make a user namespace otherwise; they are in one.
export _CONTAINERS_USERNS_CONFIGURED=done _CONTAINERS_ROOTLESS_UID=1000 _CONTAINERS_ROOTLESS_GID=1000
export CONTAINERS_CONF=/job/containers.conf CONTAINERS_STORAGE_CONF=/job/storage.conf
export CONTAINERS_REGISTRIES_CONF=/job/registries.conf
# Their heaps stay small: to look through them while they start takes a tenth of a short build.
export GOGC=400
cd /job
# The command comes when whoever started this is ready for it: quoted words.
echo ready >&3
command=$(cat)
if [ -z "$command" ]; then exit 125; fi
exec 3>&-
eval "exec $command" < /dev/null
