# What the launcher says goes to standard error, so that a command's own output can be piped.

say() { printf '%s\n' "$*" >&2; }

fail() {
  printf 'mtl: %s\n' "$*" >&2
  exit 1
}
