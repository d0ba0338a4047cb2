# Building in Release, only when something changed since the last build that succeeded.

prepare() {
  require_tools
  find_flavours
  install_npm_packages
}

# Every file that can change a build, by path, size and time, and the flavours.
build_state() {
  flavours
  (
    cd "$root"
    find src web tests build ./*.props ./*.targets ./*.sln global.json .editorconfig \
      \( -name bin -o -name obj -o -name node_modules -o -path 'web/*/wwwroot/_framework' -o -path 'web/*/wwwroot/lib' \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort
  )
}

# outputs_exist PROJECT…: each has been built before and not been cleaned since; a solution stands for all projects.
outputs_exist() {
  local project
  for project in "$@"; do
    [[ $project != *.sln ]] || { outputs_exist "$root"/src/* "$root"/web/* "$root"/tests/* && continue; return 1; }
    [[ -d $project/bin/Release ]] || return 1
  done
}

# build_if_changed NAME PROJECT…: the name tells the stamps apart.
build_if_changed() {
  local name=$1 stamp="$root/build/obj/$1.built" state project
  shift
  mkdir -p "$root/build/obj"
  exec 8> "$root/build/obj/lock"
  flock 8
  state=$(build_state | sha256sum)
  if [[ ! -f $stamp || $(< "$stamp") != "$state" ]] || ! outputs_exist "$@"; then
    say "Building …"
    for project in "$@"; do
      build_quietly "$project"
    done
    printf '%s' "$state" > "$stamp"
  fi
  exec 8>&-
}

# Says nothing when all is well, and each error once when it is not.
build_quietly() {
  local log="$root/build/obj/build.log"
  dotnet build "$1" -c Release --nologo -v q ${CI:+-nodeReuse:false} > "$log" 2>&1 8>&- && return
  grep -E '(error|warning) [A-Z]+[0-9]+:' "$log" | sed "s|$root/||g; s/ \[[^]]*\]$//" | sort -u | head -n 40 >&2 || tail -n 20 "$log" >&2
  fail "The build of ${1#"$root"/} failed; its errors are above, all of its output is in ${log#"$root"/}."
}

run_benchmarks() {
  prepare
  install_debian_packages Mtl.Benchmarks
  build_if_changed benchmarks "$root/tests/Mtl.Benchmarks"
  exec dotnet "$root/tests/Mtl.Benchmarks/bin/Release/net10.0/Mtl.Benchmarks.dll" "$@"
}
