# Says what is installed in an image: names of files, and the lists of Debian's and Alpine's package managers.
# The image is hostile: from its top on no link is followed, and no program of it is run.
set -eu
# Its layers are put together as the tools of the builder do it, which would take three starts of theirs.
layer=$(sed 's/},{"id":/}\n{"id":/g' /disk/storage/overlay-images/images.json |
  sed -n "s/^\[\{0,1\}{\"id\":\"$1\",[^\\\\]*\"layer\":\"\([0-9a-f]*\)\".*/\1/p")
if [ -z "$layer" ]; then exit 0; fi
cd /disk/storage/overlay
if [ ! -e "$layer" ]; then cd /base/storage/overlay; fi
mkdir /tmp/top /tmp/none
ln -s "$PWD/$layer/diff" /tmp/0
below=$(cat "$layer/lower" 2> /dev/null || true)
cd /tmp
layers=0
count=0
IFS=:
for link in $below; do
  count=$((count + 1))
  if [ -e "/disk/storage/overlay/$link" ]; then store=/disk/storage; else store=/base/storage; fi
  ln -s "$store/overlay/$link" $count
  layers=$layers:$count
done
unset IFS
# One layer alone cannot be mounted so.
mount -t overlay -o "ro,nosuid,nodev,noexec,userxattr,lowerdir=$layers:none" overlay top
cd top
# Its lists may be many names of one large file.
{
  find . -xdev \( -type d -name '*.dist-info' ! -name '*
*' -printf 'path %p\n' \) -o \( -type f -size -20480k \( -path ./var/lib/dpkg/status -o -path './var/lib/dpkg/status.d/*' \
    -o -path ./lib/apk/db/installed -o -path ./usr/lib/apk/db/installed \) -fprintf /tmp/lists '%p\n' \) | sed '20001,$d'
  head -n 2000 /tmp/lists | while read -r file; do
    case $file in *apk*) kind=apk ;; *) kind=deb ;; esac
    echo "list $kind"
    grep -aE '^(Package|Version|Status|P|V): ?|^P:|^V:|^$' "$file" | sed 's/^/| /'
  done
} | head -c 15000000
