#!/bin/sh
# make step: gdb stops at the chapter's points with its captions, and who-wrote names the lines of C that
# wrote a gradient. Skipped where there is no gdb or the debug build is not there.
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
chapter=build/sanitize/tutorials/02-the-tape/chapter
command -v gdb >/dev/null || { echo 'step: skipped: gdb is not here'; exit 0; }
[ -x $chapter ] || { echo 'step: skipped: the debug build is not there (make step-build builds it)'; exit 0; }
[ -z "$(find tutorials/02-the-tape/chapter.c tutorials/lesson/lesson.c -newer $chapter)" ] ||
	{ echo 'step: skipped: the debug build is older than the chapter (make step-build)'; exit 0; }
gdb -q -batch -x tensor/debug.gdb -x tutorials/step.gdb -ex 'ignore 1 10' -ex 'run </dev/null' \
	-ex 'var w' -ex 'who-wrote w' -ex continue -ex 'ptype w' $chapter >"$folder/said" 2>&1
says() { # what gdb has said
	for part; do
		check "gdb did not say \"$part\": $(cat "$folder/said")" grep "$part" "$folder/said"
	done
}
says '^\[11\] No gradient yet' 'library .* at tutorials/02-the-tape/chapter.c:' '^"w"' \
	'mul_backward .* at autograd/arithmetic.c:' '0.4136 was written here' '1.9136 was written here'

# Visual Studio Code runs the setup commands of .vscode/launch.json before it loads the program.
sed -n '/that is open: stops/,/preLaunchTask/s/.*"text": "\(.*\)".*/\1/p' .vscode/launch.json |
	sed 's,${workspaceFolder},.,; s/.*/-interpreter-exec console "&"/' >"$folder/commands"
check 'not two setup commands in .vscode/launch.json' [ "$(wc -l <"$folder/commands")" = 2 ]
printf '%s\n' "-file-exec-and-symbols $chapter" '-interpreter-exec console "run </dev/null"' \
	'-interpreter-exec console "look"' -gdb-exit >>"$folder/commands"
gdb -q --interpreter=mi <"$folder/commands" >"$folder/said" 2>&1
says '^\[1\] Two files' 'count = 5'
finish
