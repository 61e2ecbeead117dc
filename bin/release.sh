#!/usr/bin/env bash
# Puts a release into use, on the host: bin/release.sh FOLDER RELEASE, or FOLDER --back. Sent by bin/deploy.js.
#
#   FOLDER/shared/.env, shared/data    settings and what is stored: of all releases
#   FOLDER/packages/HASH               node_modules, by the lock file that they were installed by
#   FOLDER/releases/RELEASE            a version; FOLDER/current is a link to the one that runs
#
# Exit codes: 0 it runs, 1 nothing was changed, 2 it did not work and the one before runs again.
set -euo pipefail

KEPT=5
folder=$(cd "$1" && pwd)
what=$2
shared=$folder/shared
before=$(readlink "$folder/current" 2>/dev/null || true)
export PM2_HOME=$folder/pm2 NODE_ENV=production
# The processes of the web application share the port (docs/adr/0077).
export NODE_CLUSTER_SCHED_POLICY=none
# PM2 keeps the folder in which it has started a process; the link leads to another release each time.
export RELEASE_LINK=$folder/current

say() { echo "release  | $*"; }
fail() { say "$*" >&2; exit 1; }

main() {
  command -v flock >/dev/null || fail 'flock is not installed: apt-get install util-linux'
  exec 9>"$folder/.lock"
  flock -n 9 || fail 'Another deploy is at work here'
  if [ "$what" = --back ]; then
    go_back
    return
  fi
  cd "$folder/releases/$what"
  command -v node >/dev/null && command -v npm >/dev/null || fail 'Node.js from 20 on, and npm, have to be installed'
  trap '[ -n "${is_tried:-}" ] || rm -rf "${folder:?}/releases/$what"' EXIT
  link_shared
  install_packages
  require_settings
  back_up
  say 'Bringing the tables up to date …'
  ace migration:run --force --compact-output --no-schema-generate
  try_web
  is_tried=yes

  health_before=$(health)
  if use "releases/$what" && verify "$health_before"; then
    prune
    say "$what runs."
    return
  fi
  [ -n "$before" ] || fail "$what does not work, and there is none before it. See: PM2_HOME=$PM2_HOME pm2 logs"
  say "$what does not work: ${before#releases/} is put back …" >&2
  use "$before" && answers "http://$(address)" 60 || say 'It does not answer either: pm2 logs' >&2
  say "The tables stay as new as they are. Backups: $shared/data/backups" >&2
  exit 2
}

link_shared() {
  mkdir -p "$shared/data" "$folder/packages"
  ln -sfn "$shared/.env" .env
  ln -sfn "$shared/data" data
}

# Once for each lock file; releases share them.
install_packages() {
  local hash
  hash=$(sha256sum package-lock.json | cut -c1-16)
  if [ ! -d "$folder/packages/$hash" ]; then
    node bin/setup.js --production
    mkdir -p "$folder/packages/$hash.partial"
    mv node_modules "$folder/packages/$hash.partial/"
    mv "$folder/packages/$hash.partial" "$folder/packages/$hash"
  fi
  ln -sfn "$folder/packages/$hash/node_modules" node_modules
}

require_settings() {
  node bin/setup.js --settings --chain || fail "Set it in $shared/.env on this host, then deploy again"
}

back_up() {
  [ -n "$before" ] || return 0
  say 'Making a backup …'
  ace backup
}

# A release that does not answer is found before anything is switched.
try_web() {
  local port pid
  say 'Trying it …'
  port=$(free_port)
  HOST=127.0.0.1 PORT=$port ENV_PATH=$PWD node_modules/.bin/node build/bin/server.js 2>"$shared/try.log" &
  pid=$!
  if answers "http://127.0.0.1:$port" 60 "$pid"; then
    kill "$pid"
    wait "$pid" || true
    return
  fi
  kill -9 "$pid" 2>/dev/null || true
  tail -5 "$shared/try.log" >&2
  say 'It does not answer. Nothing was switched.' >&2
  return 1
}

# Lets the link lead to a release, and PM2 start what is there.
use() {
  ln -sfn "$1" "$folder/current.new" && mv -T "$folder/current.new" "$folder/current" || return 1
  cd "$folder/current/"
  PATH=$PWD/node_modules/.bin:$PATH pm2 startOrReload "$(pwd -P)/ecosystem.config.cjs" --silent || return 1
  PATH=$PWD/node_modules/.bin:$PATH pm2 save --silent
}

# Whether it answers, and pushing does no worse than before.
verify() {
  local url tries
  url=http://$(address)
  say 'Checking it …'
  # PM2 has waited for it already.
  answers "$url" 10 || return 1
  for tries in $(seq 10); do
    [ "$(health)" -gt "$1" ] || return 0
    sleep 3
  done
  say 'Pushing does worse than before: node ace check:push' >&2
  return 1
}

# 0 ok, 3 degraded, 4 critical; what says nothing is no better than that.
health() {
  local code=0
  ace check:push >/dev/null 2>&1 || code=$?
  [ "$code" != 1 ] || code=4
  echo "$code"
}

# Whether it is ready within so many seconds, and before the process has ended.
answers() {
  local tries
  for tries in $(seq $(($2 * 2))); do
    if node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1/health/ready"; then
      return 0
    fi
    [ -z "${3:-}" ] || kill -0 "$3" 2>/dev/null || return 1
    sleep 0.5
  done
  return 1
}

address() {
  node -p "const s = require('./bin/setting.cjs'); const h = s('HOST') || '127.0.0.1'; (h === '0.0.0.0' ? '127.0.0.1' : h) + ':' + (s('PORT') || 3333)"
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

ace() { node_modules/.bin/node build/ace.js "$@"; }

go_back() {
  local previous
  previous=$(ls "$folder/releases" | sort | awk -v now="${before#releases/}" '$0 < now' | tail -1)
  [ -n "$previous" ] || fail 'There is no release before the one that runs'
  cd "$folder/current/"
  if use "releases/$previous" && answers "http://$(address)" 60; then
    say "$previous runs."
    return
  fi
  fail "$previous does not work: PM2_HOME=$PM2_HOME pm2 logs"
}

# The newest releases stay, with the packages that they and PM2 itself run on.
prune() {
  local release packages used
  ls "$folder/releases" | sort -r | tail -n +$((KEPT + 1)) | while read -r release; do
    [ "releases/$release" = "$before" ] || rm -rf "${folder:?}/releases/$release"
  done
  used=$(readlink "$folder"/releases/*/node_modules; readlink "/proc/$(cat "$PM2_HOME/pm2.pid")/exe")
  for packages in "$folder"/packages/*; do
    grep -qF "$packages/" <<<"$used" || rm -rf "$packages"
  done
}

main
