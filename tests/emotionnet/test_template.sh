#!/bin/sh
# The template at the head of emotionnet/fusion.c: in a copy of the tree its lines are taken out of the comment and
# put above the table, one line is added to that, and nothing else. The strategy must then be in --help, in the
# comparison that `make run` prints, and pass the tests that every strategy passes.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/test_template.sh   (from the top of the tree, when it is built)
set -u
program=${EMOTIONNET:-build/emotionnet}
copy=$(mktemp -d /tmp/emotionnet-template-XXXXXX)
trap 'rm -rf "$copy"' EXIT
checks=0 failures=0

# expect WHAT COMMAND...: the command succeeds.
expect() {
	what=$1
	shift
	checks=$((checks + 1))
	"$@" >"$copy/out" 2>&1 && return
	failures=$((failures + 1))
	printf 'FAILED: %s\n' "$what"
	tail -n 15 "$copy/out" | sed 's/^/  | /'
}

# The sources, and what is built of them already: only fusion.c is compiled again.
objects=build/release
case $program in build/*/bin/*) objects=${program%/bin/*} ;; esac
tar cf - --exclude=tests/golden tensor autograd layers optim audio text emotionnet tutorials tests Makefile | tar xf - -C "$copy"
find "$objects" -name '*.o' -o -name '*.d' -o -name flags | tar cf - -T - | tar xf - -C "$copy"
cd "$copy" || exit 1

# The template's lines, the last of which is the table's.
sed -n '/^#include/q; s/^ \*     //p' emotionnet/fusion.c >template
checks=$((checks + 1))
lines=$(grep -c '[^ ]' template)
if [ "$lines" -lt 15 ] || [ "$lines" -gt 26 ]; then
	failures=$((failures + 1))
	echo "FAILED: the template has $lines lines"
fi
awk '
	FILENAME == "template" { if (/^\{ \.name/) row = $0; else body = body $0 "\n"; next }
	/^\/\* ---- the table/ { printf("%s\n", body) }
	/^\t\{ 0 \},/ { print "\t" row }
	{ print }
' template emotionnet/fusion.c >filled && mv filled emotionnet/fusion.c
# A minute later, so that make sees the change whatever the clock's steps.
touch -d '+1 minute' emotionnet/fusion.c

expect 'it does not build' make "$program" WERROR=1
expect 'it fails the tests of every strategy' make test T=emotionnet/test_fusion
help() { "$program" "$1" --help | grep -q '^  mine .*a layer over all'; }
expect 'train --help does not list it' help train
expect 'compare --help does not list it' help compare

"$program" stage --out stage --train 8 --validation 4 --test 4 >out 2>&1
small='--epochs 1 --quiet --no-cache --embed 4 --text-hidden 6 --speech-hidden 4 --fusion-hidden 4'
compared() { "$program" compare stage/corpus.csv $small | grep -qw mine; }
expect 'the comparison does not have it' compared
runs_all() { make -n run | grep 'emotionnet compare' | grep -qv -e '--fusion '; }
expect 'make run does not compare every strategy' runs_all

if [ $failures = 0 ]; then
	echo "template: $checks checks, 0 failures"
else
	echo "template: $checks checks, $failures failures"
	exit 1
fi
