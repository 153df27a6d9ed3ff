#!/bin/sh
# Changes one line of the wine example in a repository of its own, and shows which cached result would be served stale.
# Usage: sh examples/stale_demo.sh path/to/gokart-lint
set -eu

lint=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
example=$(cd "$(dirname "$0")/wine" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp -R "$example/." "$folder"
cd "$folder"
rm -rf resources .gokart-lint-cache
git init -q -b main
git add -A
git -c user.name=demo -c user.email=demo@example.com -c commit.gpgsign=false commit -q -m 'the wine example'

echo "\$ sed -i 's/max_iter=1000/max_iter=50/' wine/model.py; gokart-lint stale      (one line of a task changes, its version does not)"
sed 's/max_iter=1000/max_iter=50/' wine/model.py > changed && mv changed wine/model.py
status=0
"$lint" stale || status=$?
test "$status" -eq 1
