# What tests and benchmarks take from Debian: a browser, a database server, and Python's libraries as peers and oracles.

# project    package    what it is for
debian_needs='
Mtl.EndToEnd.Tests  chromium             the tests in a real browser
Mtl.Api.Tests       python3-onnx         the check of models laid out for MLflow by the onnx library
Mtl.Api.Tests       python3-yaml         the same
Mtl.Graph.Tests     python3-onnx         the check of written .onnx files by the onnx library
Mtl.Learning.Tests  python3-onnx         the check of exported models by the onnx library
Mtl.Learning.Tests  python3-sklearn      the comparison of metrics, mixtures and k-means with scikit-learn
Mtl.Learning.Tests  python3-torch        the comparison of optimisers with PyTorch
Mtl.Api.Tests       postgresql           the sessions of clients on PostgreSQL
Mtl.Storage.Tests   postgresql           the tests of the stores on PostgreSQL
Mtl.EndToEnd.Tests  postgresql           the tests of a server on PostgreSQL
Mtl.Benchmarks      postgresql           the measurements of the stores on PostgreSQL
Mtl.Benchmarks      python3-sklearn      the comparison of mixtures and k-means with scikit-learn
Mtl.Benchmarks      python3-torch        the comparison of step times with PyTorch
Mtl.Benchmarks      libopenblas0-openmp  the comparison of step times with PyTorch
'

# install_debian_packages PROJECT…: as root with apt-get; otherwise says what will be skipped. Under CI=true nothing may be missing.
install_debian_packages() {
  local project package purpose missing=() skipped=()
  while read -r project package purpose; do
    [[ " $* " == *" $project "* ]] || continue
    [[ $(dpkg-query -W -f '${Status}' "$package" 2> /dev/null) != 'install ok installed' ]] || continue
    missing+=("$package")
    skipped+=("  without $package: $purpose ($project)")
  done <<< "$debian_needs"
  ((${#missing[@]})) || return 0

  if ((EUID == 0)) && command -v apt-get > /dev/null; then
    say "Installing from Debian: ${missing[*]} …"
    local log
    log=$(mktemp)
    if apt-get update -qq > "$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >> "$log" 2>&1; then
      rm "$log"
      return 0
    fi
    tail -n 5 "$log" >&2
    rm "$log"
    say "apt-get could not install them; its last lines are above."
  else
    say "Some Debian packages are missing and can't be installed by this user: sudo apt-get install ${missing[*]}"
  fi
  [[ ${CI:-} != true ]] || fail "Under CI=true nothing may be skipped: ${missing[*]} must be installed."
  say "Left out:"
  printf '%s\n' "${skipped[@]}" >&2
}
