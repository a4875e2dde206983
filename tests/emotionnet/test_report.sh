#!/bin/sh
# The report as a user makes it: a small comparison with its models, from its results alone, with models that are gone;
# each page opened in headless Chromium where it is there. A corpus whose texts and labels are markup harms nobody.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/test_report.sh
set -u
program=$(realpath "${EMOTIONNET:-build/emotionnet}")
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d /tmp/emotionnet-report-XXXXXX)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export XDG_CACHE_HOME="$folder/cache"
checks=0 failures=0

# expect STATUS "part of the output" COMMAND...: standard output and error together must contain the part.
expect() {
	status=$1 part=$2
	shift 2
	checks=$((checks + 1))
	"$@" >out 2>&1
	got=$?
	if [ "$got" != "$status" ] || { [ -n "$part" ] && ! grep -qF -- "$part" out; }; then
		failures=$((failures + 1))
		printf 'FAILED: %s\n  exit status %s, expected %s; expected to read: %s\n' "$*" "$got" "$status" "$part"
		sed 's/^/  | /' out | head -20
	fi
}

"$program" stage --out stage --train 24 --validation 6 --test 6 >/dev/null || exit 1
sed 's/,happy/,<b>happy/; s/\.",test-/.<script>window.attacked=1<\/script>",test-/; s/,joy,/,<img src=x onerror=window.attacked=1>,/' \
	stage/corpus.csv >stage/hostile.csv
small='--fusion early,gated,cross,middle --epochs 2 --min-count 1 --quiet --plain --embed 8 --text-hidden 8 --speech-hidden 8 --fusion-hidden 8'

expect 0 '' "$program" compare stage/hostile.csv $small --results r.jsonl --report report.html
expect 0 'data:audio/wav;base64,UklGR' cat report.html
expect 0 'data:image/png;base64,iVBOR' cat report.html
expect 0 'class="said"' cat report.html
expect 0 'gated: gate of speech' cat report.html
expect 0 'cross: attention of text to speech, breadth' cat report.html
expect 0 '<details><summary>Gates and attention: gated, cross' cat report.html
expect 1 '' grep -E '<script>window|<img src=x|(src|href)="(http|//)' report.html
expect 0 '' ls report.models/middle-1.safetensors

# --- from the results alone, with and without the models
expect 0 '' "$program" compare --merge r.jsonl --report again.html
expect 0 'data:audio/wav;base64,UklGR' cat again.html
rm -r report.models
expect 0 '' "$program" compare --merge r.jsonl --report bare.html
expect 0 'text-only-1.safetensors' grep -o 'class="note">[^<]*' bare.html
expect 1 '' grep -c 'data:image/png' bare.html

if command -v node >/dev/null && command -v chromedriver >/dev/null && command -v chromium >/dev/null; then
	expect 0 ' 0 failures' node "$here/page_check.mjs" report.html bare.html
else
	echo 'report: skipped the look at the pages: node, chromium or chromium-driver is missing'
fi

# --- wrong input
expect 1 'no/such' "$program" compare --merge r.jsonl --report no/such/page.html
expect 2 'a share has no report' "$program" compare stage/corpus.csv $small --cell 1/2 --results s.jsonl --report x.html
expect 2 'cannot access' ls x.html no

printf 'report: %d checks, %d failures\n' $checks $failures
[ $failures = 0 ]
