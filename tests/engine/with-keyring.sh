#!/bin/sh
# Runs a command on a session bus of its own, with an unlocked keyring of its own behind the Secret Service.
set -eu
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
export HOME="$top" XDG_RUNTIME_DIR="$top/run" XDG_DATA_HOME="$top/data" XDG_CACHE_HOME="$top/cache" XDG_CONFIG_HOME="$top/config"
mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME"
unset DISPLAY WAYLAND_DISPLAY
# What makes the command strict would end the daemon.
dbus-run-session -- sh -c '
  printf %s test |
    env -u G_DEBUG -u MALLOC_CHECK_ -u MALLOC_PERTURB_ gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  "$@"' sh "$@"
