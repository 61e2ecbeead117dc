#!/usr/bin/env bash
# The steps of the image (Dockerfile), in a checkout:
#
#   bin/image.sh packages          installs the packages for production
#   bin/image.sh assemble FOLDER   builds, and puts what runs in a container into FOLDER, which is new
#
# No settings are written or taken along: a container has its own.
set -euo pipefail
cd "$(dirname "$0")/.."

packages() {
  node bin/setup.js --production --no-settings
}

# Files are linked and not copied: it takes seconds and no room.
assemble() {
  node bin/setup.js --production --build --no-settings
  mkdir -p "$1/bin" "$1/node_modules/.bin" "$1/data" "$1/tmp"
  cp -l ace.js ecosystem.config.cjs package.json package-lock.json LICENSE "$1"
  cp -l bin/*.js bin/*.cjs "$1/bin"
  cp -rl build "$1"
  node bin/image_packages.js | xargs -d '\n' cp -rl --parents -t "$1"
  ln -s ../node/bin/node ../pm2/bin/pm2 "$1/node_modules/.bin"
  # What Node.js brings along beside its program, and types and maps for people who write code.
  rm -r "$1/node_modules/node/node_modules"
  find "$1/node_modules" -type f '(' -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' ')' -delete
}

"$@"
