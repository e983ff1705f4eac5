#!/bin/sh
# Makes sure that what these Debian packages give is on this machine, and installs what is not:
#     scripts/debian_packages.sh PACKAGE...
# Looks for the library or command itself, so that a machine of another kind may have it from elsewhere.
set -eu
PATH="$PATH:/usr/sbin:/sbin" # ldconfig's place, which a plain user's PATH leaves out

has_library() {
    ldconfig -p 2>/dev/null | grep -qF "$1"
}

is_there() {
    case $1 in
        libpango-1.0-0) has_library libpango-1.0.so.0 ;;
        libpangoft2-1.0-0) has_library libpangoft2-1.0.so.0 ;;
        libharfbuzz-subset0) has_library libharfbuzz-subset.so.0 ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

missing=""
for package; do
    is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Missing:$missing (as Debian calls them). This machine has no apt-get." \
        "Install what gives the same here, then run make again." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "Missing:$missing. Installing them needs root, or sudo without a password." \
        "Run: sudo apt-get install$missing — then make again." >&2
    exit 1
fi

echo "Installing$missing through apt-get."
# Word splitting is meant: a list of packages, and no word at all where root runs this.
# shellcheck disable=SC2086
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $missing >/dev/null
