#!/bin/sh
# Runs a command with a display, a session bus and folders of its own; all of it ends with the command.
set -eu
home=$(mktemp -d "${TMPDIR:-/tmp}/seedreel-display-XXXXXX")
server=
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  rm -rf "$home"
}
trap finish EXIT
trap 'exit 143' INT TERM

mkdir -m 700 "$home/runtime"
mkfifo "$home/display"
Xvfb -displayfd 3 -screen 0 "${SEEDREEL_TEST_SCREEN:-1280x1024x24}" -nolisten tcp -noreset \
  3>"$home/display" >"$home/xvfb.log" 2>&1 &
server=$!
read -r number <"$home/display" || { cat "$home/xvfb.log" >&2; exit 1; }

export DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home/runtime" GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}"
unset WAYLAND_DISPLAY XAUTHORITY XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS || true
status=0
dbus-run-session -- "$@" || status=$?
exit "$status"
