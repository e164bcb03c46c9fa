#!/bin/sh
# Make sure of what pip cannot install: `sh requirements/system.sh PART...`, where PART is
#   venv      the part of Python that makes virtual environments
#   run       Pango and HarfBuzz, which lay out the reports
#   test      a Chromium, what drives it, and the PDF tools for the tests
#   postgres  a PostgreSQL server to test on
# Installs only what is missing, with apt-get where this user may; otherwise says in one line what to install.
set -eu

PATH="$PATH:/usr/sbin:/sbin"
python="${PYTHON:-python3}"
missing=""

has_library() {
    if command -v ldconfig >/dev/null 2>&1; then
        ldconfig -p 2>/dev/null | grep -q "lib$1\.so\." && return 0
    fi
    "$python" -c "import sys; from ctypes.util import find_library; sys.exit(not find_library('$1'))" 2>/dev/null
}

look_at() {
    case "$1" in
    venv)
        "$python" -c "import ensurepip, venv" 2>/dev/null ||
            missing="$missing $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        ;;
    run)
        has_library pango-1.0 || missing="$missing libpango-1.0-0"
        has_library pangoft2-1.0 || missing="$missing libpangoft2-1.0-0"
        has_library harfbuzz || missing="$missing libharfbuzz0b"
        has_library harfbuzz-subset || missing="$missing libharfbuzz-subset0"
        ;;
    test)
        command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
            command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
        command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
        # Playwright's Node is linked against it; only where there is ldconfig, as macOS does without.
        ! command -v ldconfig >/dev/null 2>&1 || has_library atomic || missing="$missing libatomic1"
        ;;
    postgres)
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
            missing="$missing postgresql"
        ;;
    *)
        echo "system.sh: no part is named '$1' (venv, run, test, postgres)" >&2
        exit 2
        ;;
    esac
}

look_at_all() {
    missing=""
    for part in "$@"; do look_at "$part"; done
}

# Of Debian's two builds the one without a screen runs the same tests with a fifth less work.
packages() {
    for name in $missing; do
        if [ "$name" = chromium ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
            name=chromium-headless-shell
        fi
        printf '%s ' "$name"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

look_at_all "$@"
[ -n "$missing" ] || exit 0

if may_install; then
    echo "Installing$missing"
    log="$(mktemp)"
    if as_root apt-get update -qq >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(packages) >>"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
    fi
    look_at_all "$@"
    [ -n "$missing" ] || exit 0
fi

echo "Missing:$missing. Please install: on Debian or Ubuntu \"apt-get install$missing\" as root, elsewhere what corresponds to it; then run this again." >&2
exit 1
