#!/bin/sh
# make step: gdb stops at the chapter's points with its captions, and who-wrote names the lines of C that
# wrote a gradient. Skipped where there is no gdb or the debug build is not there.
cd "$(dirname "$0")/../.." || exit 2
program=build/debug/tutorials/02-the-tape/chapter
command -v gdb >/dev/null || { echo 'skipped: gdb is not here'; exit 0; }
[ -x $program ] || { echo 'skipped: the debug build is not there (make step-build builds it)'; exit 0; }
[ -z "$(find tutorials/02-the-tape/chapter.c tutorials/lesson.c -newer $program)" ] ||
	{ echo 'skipped: the debug build is older than the chapter (make step-build)'; exit 0; }
said=$(gdb -q -batch -x tensor/debug.gdb -x tutorials/step.gdb -ex 'ignore 1 5' -ex 'run </dev/null' \
	-ex 'var w1' -ex 'who-wrote z' -ex continue -ex 'ptype w1' $program 2>&1)
expect() {
	printf '%s\n' "$said" | grep -q "$1" || { printf 'test_step: no "%s" in:\n%s\n' "$1" "$said"; exit 1; }
}
expect '^\[6\] No gradient yet'
expect 'library .* at tutorials/02-the-tape/chapter.c:'
expect '^"w1"'
expect 'log_backward .* at autograd/pointwise.c:'
expect 'exp_backward .* at autograd/pointwise.c:'
expect '4.61477 was written here'
