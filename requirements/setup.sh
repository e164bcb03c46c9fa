#!/bin/sh
# Make everything ready: `sh requirements/setup.sh base|dev [PART...]`. PARTs go to system.sh.
# Builds .venv when it is missing, broken or older than the pinned list; otherwise does nothing.
set -eu

cd "$(dirname "$0")/.."
list="$1"
shift

find_python() {
    for each in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$each" >/dev/null 2>&1 &&
            "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$each"
            return 0
        fi
    done
    return 1
}

if ! PYTHON="$(find_python)"; then
    echo "Missing: Python 3.11 or newer. Please install it, or name it: make PYTHON=/path/to/python3.12 …" >&2
    exit 1
fi
export PYTHON

mkdir -p var
# Two starts at once take turns.
if command -v flock >/dev/null 2>&1; then
    exec 9>var/setup.lock
    flock 9
fi

sh requirements/system.sh venv "$@"

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    rm -rf .venv
    "$PYTHON" -m venv .venv
fi

# dev holds all of base, so either list satisfies `base`.
is_current() {
    cmp -s "requirements/$1.txt" ".venv/installed-$1.txt"
}
if is_current "$list" || { [ "$list" = base ] && is_current dev && is_current base; }; then
    exit 0
fi
echo "Installing the pinned packages ($list); the first time takes a minute or two."
rm -f ".venv/installed-base.txt" ".venv/installed-dev.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --requirement "requirements/$list.txt"
cp requirements/base.txt .venv/installed-base.txt
if [ "$list" = dev ]; then cp requirements/dev.txt .venv/installed-dev.txt; fi
