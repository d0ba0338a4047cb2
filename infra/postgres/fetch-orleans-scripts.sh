#!/usr/bin/env bash
# Puts Orleans' own PostgreSQL scripts (membership and reminders) into orleans/, numbered in the order in which they are run. They are Microsoft's and belong to
# one version of Orleans, so they are taken from its sources at the tag of Directory.Packages.props rather than kept here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(sed -n 's/.*"Microsoft.Orleans.Server" Version="\([^"]*\)".*/\1/p' "$here/../../Directory.Packages.props")
sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT

git clone --quiet --depth 1 --branch "v$version" --filter=blob:none --sparse https://github.com/dotnet/orleans "$sources"
git -C "$sources" sparse-checkout set src/AdoNet
mkdir -p "$here/orleans"
cp "$sources/src/AdoNet/Shared/PostgreSQL-Main.sql" "$here/orleans/1-main.sql"
cp "$sources/src/AdoNet/Orleans.Clustering.AdoNet/PostgreSQL-Clustering.sql" "$here/orleans/2-clustering.sql"
cp "$sources/src/AdoNet/Orleans.Reminders.AdoNet/PostgreSQL-Reminders.sql" "$here/orleans/3-reminders.sql"
echo "Orleans $version: $(ls "$here/orleans" | paste -sd' ' -)"
