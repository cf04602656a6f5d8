#!/bin/sh
# Make a virtual environment with everything in it: scripts/install.sh VENV
# With --browser only a browser is installed, which shows the console to its tests.
# Asks apt only for what is missing. Python packages come at the versions of constraints.txt.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    say "kirin-video needs Python 3.11 or newer; none was found on the PATH."
    exit 1
}

install_packages() {
    [ -n "$1" ] || return 0
    sudo=''
    [ "$(id -u)" = 0 ] || sudo=sudo
    say "Installing system packages:$1"
    # shellcheck disable=SC2086
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $1; } >&2 || {
        say "apt could not install:$1. Install them by hand, then run this again."
        exit 1
    }
}

if [ "$1" = --browser ]; then
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        install_packages ' chromium'
    exit
fi
venv=$1

has_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }

# EGL and llvmpipe draw the previs worlds; libgomp runs numba's threads; libseccomp locks decoders down.
missing=''
has_library 'libEGL\.so\.1' || missing="$missing libegl1"
has_library 'libEGL_mesa\.so' || missing="$missing libegl-mesa0"
find /usr/lib -name 'swrast_dri.so' -o -name 'libgallium*.so' -o -name 'kms_swrast_dri.so' 2>/dev/null | grep -q . ||
    missing="$missing libgl1-mesa-dri"
has_library 'libgomp\.so\.1' || missing="$missing libgomp1"
has_library 'libseccomp\.so\.2' || missing="$missing libseccomp2"
python=$(find_python)
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing $(basename "$(readlink -f "$(command -v "$python")")")-venv"

install_packages "$missing"

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
say "Installing Python packages into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint "$here/constraints.txt" --editable "$here[server,dev]"
