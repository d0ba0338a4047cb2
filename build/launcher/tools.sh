# The two tools that everything needs: the .NET SDK that global.json asks for, and Node 20 with npm.

require_tools() {
  require_dotnet
  require_node
}

require_dotnet() {
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  command -v dotnet > /dev/null || fail "The .NET SDK $wanted or newer is needed, and there is no 'dotnet' on the PATH. Install .NET 10: https://dotnet.microsoft.com/download"
  (cd "$root" && dotnet --version) > /dev/null 2>&1 || fail "The .NET SDK $wanted or newer is needed; here are: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -). Install .NET 10: https://dotnet.microsoft.com/download"
}

require_node() {
  command -v node > /dev/null || fail "Node 20 or newer is needed, and there is no 'node' on the PATH. Install it: https://nodejs.org"
  local version
  version=$(node --version)
  local major=${version#v}
  ((${major%%.*} >= 20)) || fail "Node 20 or newer is needed; here is $version. Install a newer one: https://nodejs.org"
  command -v npm > /dev/null || fail "npm is needed, and there is no 'npm' on the PATH. It comes with Node: https://nodejs.org"
}
