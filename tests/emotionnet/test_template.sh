#!/bin/sh
# The template at the head of emotionnet/fusion.c: in a copy of the tree its lines are taken out of the comment and
# put above the table, one line is added to that, and nothing else. The strategy must then be in --help, in the
# comparison that `make run` prints, and pass the tests that every strategy passes.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/test_template.sh   (from the top of the tree, when it is built)
built=${EMOTIONNET:-build/emotionnet}
. "$(dirname "$0")/../support/shell.sh"

# The sources, and what is built of them already: only fusion.c is compiled again.
objects=build/release
case $built in build/*/bin/*) objects=${built%/bin/*} ;; esac
cd "$top" || exit 1
tar cf - --exclude=tests/golden tensor autograd layers optim audio text emotionnet tutorials tests Makefile | tar xf - -C "$folder"
find "$objects" -name '*.o' -o -name '*.d' -o -name flags | tar cf - -T - | tar xf - -C "$folder"
cd "$folder" || exit 1

# The template's lines, the last of which is the table's.
sed -n '/^#include/q; s/^ \*     //p' emotionnet/fusion.c >template
lines=$(grep -c '[^ ]' template)
check "the template has $lines lines" [ "$lines" -ge 15 -a "$lines" -le 26 ]
awk '
	FILENAME == "template" { if (/^\{ \.name/) row = $0; else body = body $0 "\n"; next }
	/^\/\* ---- the table/ { printf("%s\n", body) }
	/^\t\{ 0 \},/ { print "\t" row }
	{ print }
' template emotionnet/fusion.c >filled && mv filled emotionnet/fusion.c
# A minute later, so that make sees the change whatever the clock's steps.
touch -d '+1 minute' emotionnet/fusion.c

check 'it does not build' make "$built"
check 'it fails the tests of every strategy' make test T=emotionnet/test_fusion
help() { "$built" "$1" --help | grep -q '^  mine .*a layer over all'; }
check 'train --help does not list it' help train
check 'compare --help does not list it' help compare

"$built" stage --out stage --train 8 --validation 4 --test 4 >out 2>&1
small='--epochs 1 --quiet --no-cache --embed 4 --text-hidden 6 --speech-hidden 4 --fusion-hidden 4'
compared() { "$built" compare stage/corpus.csv $small | grep -qw mine; }
check 'the comparison does not have it' compared
runs_all() { make -n run | grep 'emotionnet compare' | grep -qv -e '--fusion '; }
check 'make run does not compare every strategy' runs_all

finish
