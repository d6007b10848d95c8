#!/bin/sh
# The runtime that starts each RUN step: runc, with the variables of the step in its environment. Here they are in no image,
# no history and no list of processes.
bundle=
isNew=
previous=
for word in "$@"; do
  case $previous in --bundle | -b) bundle=$word ;; esac
  case $word in create | run) isNew=yes ;; esac
  previous=$word
done
if [ -n "$isNew" ] && [ -s /job/environment.sed ]; then
  sed -i -f /job/environment.sed "$bundle/config.json" || exit 1
fi
exec runc "$@"
