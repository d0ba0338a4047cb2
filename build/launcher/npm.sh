# Packages from npm, at the versions of the lock files. A stamp in node_modules holds the checksum of the lock file it was made from.
# A linked node_modules belongs to another checkout, which keeps it.

npm_folders() {
  local lock
  for lock in "$root"/build/native/package-lock.json "$root"/web/*/package-lock.json "$root"/tests/*/package-lock.json; do
    [[ ! -f $lock ]] || dirname "$lock"
  done
}

install_npm_packages() {
  local folder checksum stamp
  for folder in $(npm_folders); do
    [[ ! -L $folder/node_modules ]] || continue
    checksum=$(sha256sum < "$folder/package-lock.json")
    stamp="$folder/node_modules/.mtl-lock-checksum"
    [[ ! -f $stamp || $(< "$stamp") != "$checksum" ]] || continue
    say "Installing npm packages of ${folder#"$root"/} …"
    (cd "$folder" && npm ci --no-audit --no-fund --no-progress --ignore-scripts --loglevel=error >&2) ||
      fail "npm ci failed in ${folder#"$root"/}; npm's message is above. Check the network and npm's registry setting, then try again."
    printf '%s' "$checksum" > "$stamp"
  done
}
