# Which of the hard-to-get packages restore here (docs/adr/0004). Asked once; build/probed.props keeps the answer.

flavours_file="$root/build/probed.props"

find_flavours() {
  [[ -f $flavours_file ]] && grep -qF "$(flavours_question)" "$flavours_file" || probe_flavours
}

# What the answer depends on: the wanted versions, and the package sources where they are set apart.
flavours_question() {
  printf 'Orleans %s, ONNX Runtime %s, sources %s' "$(wanted_version Microsoft.Orleans.Server)" "$(wanted_version Microsoft.ML.OnnxRuntime)" "${RestoreConfigFile:-as configured}"
}

wanted_version() {
  sed -n "s/.*<PackageVersion Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props"
}

probe_flavours() {
  say "Asking which packages restore here …"
  local folder orleans=local onnxruntime=npm script=pack
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$folder'" EXIT

  try_packages "$folder/orleans" Microsoft.Orleans.Sdk Microsoft.Orleans.Server Microsoft.Orleans.Clustering.AdoNet Microsoft.Orleans.Reminders.AdoNet Microsoft.Orleans.TestingHost &
  try_packages "$folder/onnxruntime" Microsoft.ML.OnnxRuntime &
  if has_gpu; then try_packages "$folder/onnxruntime-gpu" Microsoft.ML.OnnxRuntime.Gpu & fi
  try_restore "$folder/script" Microsoft.NET.Sdk.Web '<PropertyGroup><RequiresAspNetWebAssets>true</RequiresAspNetWebAssets></PropertyGroup>' &
  wait

  [[ ! -f $folder/orleans/restored ]] || orleans=packages
  [[ ! -f $folder/onnxruntime/restored ]] || onnxruntime=packages
  [[ ! -f $folder/onnxruntime-gpu/restored ]] || onnxruntime=gpu
  [[ ! -f $folder/script/restored ]] || script=packages
  rm -rf "$folder"
  trap - EXIT

  cat > "$flavours_file.new" <<XML
<Project>
  <!-- Written by ./mtl: what restores here ($(flavours_question)). -->
  <PropertyGroup>
    <MtlOrleans>$orleans</MtlOrleans>
    <MtlOnnxRuntime>$onnxruntime</MtlOnnxRuntime>
    <MtlBlazorScript>$script</MtlBlazorScript>
  </PropertyGroup>
</Project>
XML
  mv "$flavours_file.new" "$flavours_file"
}

# Whether all the named packages restore together, in the versions wanted here.
try_packages() {
  local folder=$1 package references=
  for package in "${@:2}"; do
    references+="<PackageReference Include=\"$package\" Version=\"$(wanted_version "$package")\" />"
  done
  try_restore "$folder" Microsoft.NET.Sdk "<ItemGroup>$references</ItemGroup>"
}

# A project with nothing but the package, outside the repository and its settings; leaves a file 'restored' when it restores.
try_restore() {
  local folder=$1 sdk=$2 content=$3
  mkdir -p "$folder"
  cat > "$folder/probe.csproj" <<XML
<Project Sdk="$sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  $content
</Project>
XML
  if (cd "$folder" && dotnet restore probe.csproj -v q -nodeReuse:false > restore.log 2>&1); then touch "$folder/restored"; fi
}

has_gpu() { command -v nvidia-smi > /dev/null && nvidia-smi -L > /dev/null 2>&1; }

cached_flavour() { sed -n "s/.*<$1>\(.*\)<\/$1>.*/\1/p" "$flavours_file"; }

# The flavours that a build takes, in one line: the variables first, then the cached answer.
flavours() {
  printf 'Orleans = %s, ONNX Runtime = %s, Blazor script = %s' \
    "${MTL_ORLEANS:-$(cached_flavour MtlOrleans)}" "${MTL_ONNXRUNTIME:-$(cached_flavour MtlOnnxRuntime)}" "${MTL_BLAZORSCRIPT:-$(cached_flavour MtlBlazorScript)}"
}

show_flavours() { say "Flavours: $(flavours) (cached; ./mtl probe asks again)"; }
