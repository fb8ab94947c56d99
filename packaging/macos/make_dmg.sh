#!/usr/bin/env bash
# The disk image for macOS, made of dist/convviz.app:  packaging/macos/make_dmg.sh 0.1.0
# Not run on the system it was written on, which is Linux; the release workflow is the first to run it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version="${1:?Say which version: make_dmg.sh 0.1.0}"
application="dist/convviz.app"
image="dist/convviz-$version-macos-$(uname -m).dmg"

# Without a certificate of Apple's the signature only says that nothing was changed since: the first start takes a
# right click and "Open".
codesign --force --deep --sign "${CODESIGN_IDENTITY:--}" "$application"
codesign --verify --deep --strict "$application"

content="$(mktemp -d)"
trap 'rm -rf "$content"' EXIT
cp -R "$application" "$content/"
ln -s /Applications "$content/Applications"
rm -f "$image"
hdiutil create -volname "convviz $version" -srcfolder "$content" -format ULMO -fs HFS+ "$image"
hdiutil verify "$image"
echo "$image"
