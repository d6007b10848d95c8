# Says what is installed in an image: names of files, and the lists of Debian's and Alpine's package managers.
# The image is hostile: from its top on no link is followed, and no program of it is run.
set -eu
container=$(buildah from --pull-never "$1")
cd "$(buildah mount "$container")"
# Its lists may be many names of one large file.
{
  find . -xdev -type d -name '*.dist-info' ! -name '*
*' | head -n 20000 | sed 's/^/path /'
  find . -xdev -type f -size -20480k \( -path ./var/lib/dpkg/status -o -path './var/lib/dpkg/status.d/*' \
    -o -path ./lib/apk/db/installed -o -path ./usr/lib/apk/db/installed \) | head -n 2000 | while read -r file; do
    case $file in *apk*) kind=apk ;; *) kind=deb ;; esac
    echo "list $kind"
    grep -aE '^(Package|Version|Status|P|V): ?|^P:|^V:|^$' "$file" | sed 's/^/| /'
  done
} | head -c 15000000
cd /
buildah rm "$container" > /dev/null
