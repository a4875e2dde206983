#!/bin/sh
# What a chapter's program says: predictions in a pipe, on a terminal and under gdb; settings, times, sounds.
. "$(dirname "$0")/../support/shell.sh"
objects=$(dirname "$program")
case $objects in */bin) objects=${objects%/bin} ;; *) objects=$objects/release ;; esac
sample=$objects/tests/tutorials/lesson_sample
[ -x "$sample" ] || { echo 'lesson: skipped: the sample is not built (make test builds it)'; exit 0; }

# says "what for" PART...: what was said holds each part.
says() {
	what=$1
	shift
	for part; do
		check "$what: \"$part\" was not said: $(cat "$folder/said")" grep -qF -- "$part" "$folder/said"
	done
}
says_not() { check "$1: \"$2\" was said" sh -c "! grep -qF -- '$2' '$folder/said'"; }

"$sample" --values values </dev/null >said
says 'in a pipe' 'a) as before' '> It is 10. Three rows' '> It is b) 0. Nothing is passed on.' '> It is (3,1).'
says_not 'in a pipe nobody is asked' 'not sure'
says_not 'in a pipe nothing is scored' 'Predictions:'
says 'settings that differ are named' 'settings of the line: rate 0.1, batch 8, hidden 0' \
	'unlike the line: rate 0.5 (0.1), hidden 32 (0)'
says 'a sound' 'to hear it: build/tutorials/00-sample/beep.wav'
check 'the sound is no WAV' sh -c 'head -c 4 build/tutorials/00-sample/beep.wav | grep RIFF'
check 'the values lack the predictions' grep "^?2	choice	What is d_a?	b	as before	Nothing passes" values

"$sample" --set rate=0.2 </dev/null >said
says 'a setting' 'rate 0.2 in place of 0.1' 'settings of the line: rate 0.2'
expect 2 'rate is how far a step goes' "$sample" --set rate=3
expect 2 'Expected a number from 0 to 2; usually it is 0.1' "$sample" --set rate=much
expect 2 'Expected a number from 0 to 2' "$sample" --set rate=nan
expect 2 'Expected a whole number from 1 to 64' "$sample" --set batch=2.5
expect 1 'no such setting. It has: rate, batch' "$sample" --set width=3
"$sample" --set batch=16 --set rate=0.10 </dev/null >said
says 'a whole number' 'batch 16 in place of 8' 'rate 0.1, batch 16'
says_not 'the usual value is no change' 'rate 0.1 in place'
says_not 'a point that does not stop shows nothing' 'four (2,2)'
echo | "$sample" --step >said
says 'a point that stops shows its values' 'four (2,2)' '[3. 4.]' 'half (1,2)' 'a gradient: nothing yet'
expect 2 'is not understood' "$sample" --set rate

command -v python3 >/dev/null || { finish 'no python3, so no terminal: '; exit; }
on_terminal() { # columns answers [argument]
	columns=$1 answers=$2
	shift 2
	python3 "$here/terminal.py" "$columns" "$answers" "$sample" "$@" >said 2>&1 ||
		failed "the program ended with $?: $(cat said)"
}
on_terminal 80 '10,2|c|3x1|HALF'
says 'right and wrong' '> Right. You said 10,2, it is 10.' '> You said c) half. Not so: Compute v first.' \
	'> It is b) 0. Nothing is passed on.' '> Right. You said 3x1, it is (3,1).' '> Right, it is c) half.' \
	'Predictions: 3 right, 1 not, 0 passed over.'
on_terminal 80 'ten|?|^E|not sure|31|a)'
says 'no answer, again, not sure' '> It is 10.' '> It is b) 0.' '> Not so. You said 31, it is (3,1).' \
	'> You said a) as before. Not so:' 'Predictions: 0 right, 2 not, 2 passed over.'
check '? does not repeat the question' [ "$(grep -c '^? How many?' said)" = 2 ]
on_terminal 80 '10|^D'
says 'Ctrl-D' 'Nothing more is asked.' '? And again?' 'Predictions: 1 right, 0 not, 0 passed over.' '[1] The first point.'
says_not 'Ctrl-D answers nothing' 'It is b)'
says_not 'Ctrl-D answers nothing later' 'It is (3,1)'
on_terminal 80 '10|^D|^E' --step
says 'Ctrl-D and then a point that waits' '(Enter to go on)'
on_terminal 80 '10|b|(3,1)|c|^D' --step
says 'Ctrl-D at a point' 'Predictions: 4 right' 'settings of the line'
for columns in 50 60; do
	on_terminal $columns '10|b|(3,1)|c'
	check "a line is wider than $columns columns: $(cat said)" sh -c "! grep -E '^.{$columns}' said"
done
says 'narrow' 'is long [  1.500 ms]' '    [10.7 times as fast]'

# Where a program's output goes elsewhere, nobody sees a question.
python3 "$here/terminal.py" 80 '' sh -c "'$sample' >unseen" >said 2>&1
check 'it asks where stdout is no terminal' sh -c '! grep "not sure" unseen && grep "It is b)" unseen'
LESSON_ASK=0 on_terminal 80 ''
says_not 'LESSON_ASK=0 asks nothing' 'not sure'

command -v gdb >/dev/null || { finish 'no gdb: '; exit; }
python3 "$here/terminal.py" 80 'run|print 6*7|continue|quit' gdb -q -x "$top/tutorials/step.gdb" "$sample" >said 2>&1
says 'gdb keeps its commands' '[1] The first point.' '= 42' 'settings of the line'
says_not 'gdb: nothing is asked' 'not sure'
finish
