#!/usr/bin/env bash
# Tries deploy/Dockerfile where there is no container engine: a clean Debian made by debootstrap, with Node.js and npm put in as the node
# image has them, stands for `FROM node:…-bookworm-slim`; the steps of the file are then done in chroots, and the result has to migrate, to make
# a film through its API and to end with 0 at SIGTERM, as the user the file names. Needs root, debootstrap, and `npm ci` in this checkout
# (its embedded PostgreSQL is the database, its Node.js the image's). Everything goes again at the end. KEEP=dir keeps the base for the next time.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/directorai-root-XXXXXX")
node=$PWD/node_modules/node/bin/node
pids=()
began=$SECONDS
say() { echo "== $((SECONDS - began)) s: $*"; }

clean_up() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  while read -r mounted; do umount "$mounted"; done < <(awk -v work="$work/" 'index($2, work) == 1 { print $2 }' /proc/mounts | sort -r)
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# What stands for the node image: Debian, the Node.js of package.json with its npm, and the user `node`.
make_base() {
  local base=$1 mirror
  command -v debootstrap >/dev/null || { apt-get update && apt-get install -y --no-install-recommends debootstrap; } >/dev/null
  mirror=$(apt-get indextargets 'Created-By: Packages' --format '$(REPO_URI) $(CODENAME)' | awk '$2 == "bookworm" { print $1; exit }')
  debootstrap --variant=minbase bookworm "$base" "${mirror:?apt names no mirror of bookworm}" >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log"; return 1; }
  install -D -m 0755 "$node" "$base/usr/local/bin/node"
  local pack
  pack=$(cd "$work" && npm pack --silent "npm@$(npm view --silent "npm@^11" version --json | "$node" -pe '[].concat(JSON.parse(require("fs").readFileSync(0))).at(-1)')")
  mkdir -p "$base/usr/local/lib/node_modules/npm"
  tar -xzf "$work/$pack" -C "$base/usr/local/lib/node_modules/npm" --strip-components 1
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$base/usr/local/bin/npm"
  chroot "$base" groupadd --gid 1000 node
  chroot "$base" useradd --uid 1000 --gid node --create-home node
}

# A command in the root that is being built, with its ENV, in its WORKDIR. What only this machine's network needs is there for RUN alone.
inside() {
  local user=$1
  shift
  chroot --userspec="$user" "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp \
    "${settings[@]}" "${network[@]}" sh -c 'cd "$0" && exec "$@"' "$directory" "$@"
}

open_root() {
  root=$1
  cp -a "$work/base" "$root"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  mount -t proc proc "$root/proc"
  settings=() directory=/ user=root network=("npm_config_registry=$(npm config get registry)" DEBIAN_FRONTEND=noninteractive)
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
    cp "$NODE_EXTRA_CA_CERTS" "$root/run/network-ca.pem"
    network+=(NODE_EXTRA_CA_CERTS=/run/network-ca.pem)
  fi
}

# Only what git knows goes in, as out of a clean checkout. SOURCES... TARGET, the target a folder where it ends in / or is one.
copy_in() {
  local target=${*: -1} from=. source to
  if [[ $1 == --from=* ]]; then from=$work/${1#--from=}; shift; fi
  for source in "${@:1:$#-1}"; do
    to=$root/$directory/$target
    if [ "$from" != . ]; then
      cp -a "$from/$source" "$to"
    elif [ -d "$source" ]; then
      git ls-files -z --cached --others --exclude-standard -- "$source" | tar --null -cf - --owner=0 --group=0 --files-from=- | tar -xf - -C "$root/$directory"
    else
      cp "$source" "$to"
    fi
  done
}

words() { "$node" -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$1"; }

# The steps of the Dockerfile, one after the other.
build() {
  local step arguments stage
  while IFS=' ' read -r step arguments; do
    say "$step $arguments"
    case $step in
    FROM)
      stage=${arguments##* AS }
      [ "$stage" != "$arguments" ] || stage=image
      open_root "$work/$stage"
      ;;
    WORKDIR) directory=$arguments && mkdir -p "$root/$directory" ;;
    # shellcheck disable=SC2086
    COPY) copy_in $arguments ;;
    # shellcheck disable=SC2206
    ENV) settings+=($arguments) ;;
    RUN) inside "$user" sh -c "$arguments" >"$work/run.log" 2>&1 || { tail -n 30 "$work/run.log"; return 1; } ;;
    USER) user=$arguments ;;
    HEALTHCHECK) mapfile -t health < <(words "[${arguments#*CMD [}") ;;
    ENTRYPOINT) mapfile -t entry < <(words "$arguments") ;;
    VOLUME | EXPOSE | STOPSIGNAL | CMD) ;;
    *) echo "deploy/Dockerfile has a step this script does not know: $step" && return 1 ;;
    esac
  done < <(sed -e '/^#/d' -e ':join' -e '/\\$/{N;s/\\\n *//;bjoin' -e '}' deploy/Dockerfile | grep .)
}

# A port that nobody listens at.
free_port() { "$node" -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })"; }

# until WHAT COMMAND...: asks every half second, for a minute.
until_true() {
  local what=$1
  shift
  for _ in $(seq 120); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.5
  done
  echo "not within a minute: $what" && return 1
}

start_postgres() {
  "$node" --input-type=module -e "
    import { writeFileSync } from 'node:fs';
    import { startEmbeddedPostgres } from './src/postgres/embedded.ts';
    const log = { info() {}, error: console.error };
    const postgres = await startEmbeddedPostgres({ dataDir: '$work/database', log, disposable: true });
    writeFileSync('$work/database.url', postgres.url);
    process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1e6);
  " &
  pids+=($!)
  until_true 'PostgreSQL is there' test -s "$work/database.url"
}

# As `docker run` would: the image's ENV, USER and ENTRYPOINT, and the settings that production asks for.
run_image() {
  settings+=("JWT_SECRET=$(head -c 48 /dev/urandom | base64 -w 0)" "DATABASE_URL=$(cat "$work/database.url")" SANDBOX=on SANDBOX_LATENCY_SCALE=0 LOG_LEVEL=warn)
  # In a container tini is process 1.
  network=(TINI_SUBREAPER=1)
  local port figures
  port=$(free_port) figures=$(free_port)
  settings+=("PORT=$port" "METRICS_PORT=$figures")
  local compiled
  compiled=$(inside "$user" env NODE_DEBUG_NATIVE=COMPILE_CACHE "${entry[@]:2}" --help 2>&1 | grep -c 'was accepted') || true
  [ "$compiled" -gt 100 ] || { echo "what was compiled for the image is not used: $compiled files" && return 1; }
  say "$compiled files come compiled"
  say "$user: ${entry[*]} migrate"
  inside "$user" "${entry[@]}" migrate
  say "$user: ${entry[*]} all"
  # exec in the subshell, so that the signal is tini's.
  (inside "$user" "${entry[@]}" all) &
  local started=$! tini
  until_true 'the service is ready' curl -fsS "http://127.0.0.1:$port/api/v1/health/ready"
  tini=$(pgrep -f -n -- "^${entry[0]} -- .*${entry[-1]} all\$")
  pids+=("$tini")
  say 'it is ready'
  [ "$(stat -c %U:%u "/proc/$tini" | cut -d: -f2)" = 1000 ] || { echo "it does not run as user 1000" && return 1; }
  inside "$user" "${health[@]//9464/$figures}" || { echo 'the HEALTHCHECK fails' && return 1; }
  say 'its HEALTHCHECK is content'
  DATA_DIR="$work/film" "$node" src/launch.js src/cli/film.ts 'a fox in the snow' --scenes 1 --characters 1 --seconds 5 --out "$work/film.mp4" --url "http://127.0.0.1:$port" </dev/null
  [ "$(stat -c %s "$work/film.mp4")" -gt 10000 ]
  say "a film of $(stat -c %s "$work/film.mp4") bytes"
  kill -TERM "$tini"
  wait "$started" || { echo "it ended with $? at SIGTERM" && return 1; }
  say 'ended with 0 at SIGTERM'
}

[ "$(id -u)" = 0 ] || { echo 'chroot needs root' && exit 1; }
[ -x "$node" ] || { echo 'first: npm ci' && exit 1; }
if [ -n "${KEEP:-}" ] && [ -d "$KEEP" ]; then
  say "the base of last time, $KEEP" && cp -a "$KEEP" "$work/base"
else
  say 'debootstrap, Node.js, npm' && make_base "$work/base"
  [ -z "${KEEP:-}" ] || cp -a "$work/base" "$KEEP"
fi
build
say "the image has $(du -sm --one-file-system "$root" | cut -f1) MB"
start_postgres
run_image
say 'deploy/Dockerfile works in a clean root'
