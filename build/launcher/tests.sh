# The tests: each project is a program of its own. They run one after the other, because each uses all cores by itself and some measure
# time and memory; the end-to-end tests come last.

# Seconds that one project's tests may take before they count as hung.
test_timeout=${MTL_TEST_TIMEOUT:-1800}

# run_tests [WORD…] [-- ARGUMENT…]
run_tests() {
  local words=() arguments=() projects project folder
  while (($#)) && [[ $1 != -- ]]; do
    words+=("$1")
    shift
  done
  (($# < 2)) || arguments=("${@:2}")

  mapfile -t projects < <(test_projects "${words[@]}")
  ((${#projects[@]})) || fail "No test project's name holds '${words[*]}'. There are: $(test_projects | paste -sd' ' -)"

  prepare
  show_flavours
  install_debian_packages "${projects[@]}"
  if ! (build_tests "${#words[@]}" "${projects[@]}"); then
    echo "0 passed, 1 failed"
    exit 1
  fi

  local passed=0 failed=0 skipped=0
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$folder'" EXIT
  for project in "${projects[@]}"; do
    run_project "$project" "$folder" "${arguments[@]}"
  done
  ((skipped)) && echo "$passed passed, $failed failed, $skipped skipped" || echo "$passed passed, $failed failed"
  ((failed == 0))
}

# Names of the test projects that hold one of the words, all without words; end to end last.
test_projects() {
  local path name word
  {
    for path in "$root"/tests/*.Tests/*.csproj; do basename "$path" .csproj; done | grep -v EndToEnd
    echo Mtl.EndToEnd.Tests
  } | while read -r name; do
    (($#)) || echo "$name"
    for word in "$@"; do
      if [[ ${name,,} == *"${word,,}"* ]]; then
        echo "$name"
        break
      fi
    done
  done
}

# build_tests FILTERED PROJECT…: the whole solution, or just the chosen projects.
build_tests() {
  if (($1 == 0)); then
    build_if_changed everything "$root/MtlPlatform.sln"
  else
    shift
    build_if_changed "tests-$(printf '%s' "$*" | sha256sum | cut -c1-12)" "${@/#/$root/tests/}"
  fi
}

# Runs one project, prints its line, and adds to passed, failed and skipped. The counts come from the report that the runner writes at its end;
# a runner that ends without one, or with a status that its report does not explain, is a failure itself.
run_project() {
  local project=$1 report=$2/$1.xml output=$2/$1.log started=$EPOCHREALTIME status=0
  shift 2
  timeout --kill-after=10 "$test_timeout" dotnet "$root/tests/$project/bin/Release/net10.0/$project.dll" -noLogo -noColor -xml "$report" "$@" > "$output" 2>&1 || status=$?
  local seconds here_passed=0 here_failed=0 here_skipped=0 trouble=
  seconds=$(LC_ALL=C awk "BEGIN { printf \"%.1f\", ${EPOCHREALTIME/,/.} - ${started/,/.} }")

  if [[ -s $report ]]; then
    here_passed=$(report_total "$report" passed)
    here_failed=$(($(report_total "$report" failed) + $(report_total "$report" errors)))
    here_skipped=$(report_total "$report" skipped)
  fi
  if ((status == 124 || status == 137)); then
    trouble="was stopped after $test_timeout s"
  elif [[ ! -s $report ]]; then
    trouble="ended with status $status and without a report"
  elif ((status != 0 && here_failed == 0)); then
    trouble="ended with status $status though no test failed"
  elif ((here_passed + here_failed + here_skipped == 0 && $# == 0)); then
    trouble="ran no test"
  fi
  [[ -z $trouble ]] || here_failed=$((here_failed + 1))

  printf '%-26s %5d passed %4d failed %4d skipped %8s s\n' "$project" "$here_passed" "$here_failed" "$here_skipped" "$seconds"
  ((here_failed == 0)) || grep -vE '^ *(Discovering|Discovered|Starting|Finished|=== TEST EXECUTION|[A-Za-z.]+ +Total: )' "$output" | sed 's/^/    /' || true
  [[ -z $trouble ]] || echo "    The test program of $project $trouble."
  ((here_skipped == 0 || here_failed > 0)) || grep -A1 '\[SKIP\]' "$output" | grep -v '^--' | sed 's/^ */    /' || true

  passed=$((passed + here_passed)) failed=$((failed + here_failed)) skipped=$((skipped + here_skipped))
}

# report_total FILE NAME: the attribute of the report's <assembly> element.
report_total() { grep -o '<assembly [^>]*' "$1" | head -1 | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p"; }
