#!/bin/sh
# Prints the book's print.html as book.pdf, with the Chromium that is there.
# usage: tutorials/book/pdf.sh FOLDER
for browser in chromium chromium-browser google-chrome; do
	command -v $browser >/dev/null && break
	browser=
done
[ -n "$browser" ] || { echo 'make book-pdf needs Chromium: apt-get install chromium' >&2; exit 1; }
profile=$(mktemp -d) && trap 'rm -rf "$profile"' EXIT
$browser --headless --no-sandbox --disable-gpu --user-data-dir="$profile" --no-pdf-header-footer \
	--print-to-pdf="$1/book.pdf" "file://$(realpath "$1")/print.html" >"$profile/said" 2>&1
[ -s "$1/book.pdf" ] || { cat "$profile/said" >&2; exit 1; }
echo "$1/book.pdf"
