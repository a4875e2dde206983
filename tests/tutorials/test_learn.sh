#!/bin/sh
# make learn, make quiz and make progress: in a pipe, on a terminal, where nothing can be kept. The course is a small one,
# made here, whose checks only look for a word; that the real ones are called, proof_handout.sh shows.
. "$(dirname "$0")/../support/shell.sh"
objects=$(dirname "$program")
case $objects in */bin) objects=${objects%/bin} ;; *) objects=$objects/release ;; esac
learn=$objects/tutorials/learn/learn
[ -x "$learn" ] || { echo 'learn: skipped: it is not built (make learn builds it)'; exit 0; }
export MAKE=true OBJECTS=. LEARN="$learn"

mkdir -p tutorials/01-one/warmups tutorials/02-two tutorials/learn tutorials/handout build && touch tutorials/chapters.mk
cp "$top"/tutorials/learn/original.sh "$top"/tutorials/learn/solution.sh tutorials/learn/
cp "$top"/tutorials/handout/stub.sh "$top"/tutorials/handout/strip.awk tutorials/handout/
for tool in learn/warmup grade; do
	printf '#!/bin/sh\n! grep -q slow "$2" || { echo "it runs"; sleep 20; }\ngrep -q right "$2" && echo "all checks passed" || { echo "found 3, expected 6"; exit 1; }\n' \
		>tutorials/$tool.sh
	chmod +x tutorials/$tool.sh
done
echo '| x | <!--time: 01-one-->25 minutes<!--/time--> |' >tutorials/README.md
echo '# 1  The first' >tutorials/01-one/chapter.md
echo '# 2  The second' >tutorials/02-two/chapter.md
echo 'lesson_sound(lesson, "voice", &clip);' >tutorials/01-one/chapter.c
printf '/* Warm-up 1: a small one.\n *\n * hint: Think. */\nint x;\n' >tutorials/01-one/warmups/1-small.c
printf '/* Exercise 1: the part. 10 points. */\nint y;\n' >tutorials/01-one/exercise.c
printf 'first hint\n---\nsecond hint\n---\nthird hint\n' >tutorials/01-one/hints.txt
printf '# Experiment 1: a form\n\n| 1 | ___ | ___ |\n\n## My explanation\n\n___\n' >tutorials/01-one/experiment.md
printf '# Stretch 1: more\n' >tutorials/01-one/stretch.md
questions() { # how many, each with the right answer "yes N"
	for i in $(seq "$1"); do
		printf '? Question %d?\n+ yes %d\n  > Right reply.\n- no %d\n  > Wrong reply.\n- why %d\n  > Other reply.\n\n' "$i" "$i" "$i" "$i"
	done
}
{ questions 7; printf '? A number?\n= 0.5 within 0.01\n  > Half.\n- 2\n  > The other way round.\n'; } >tutorials/01-one/quiz.txt
git init -q . && git add -A && git -c user.name=x -c user.email=x@x -c commit.gpgsign=false commit -q -m handout

# --- in a pipe ---
expect 0 'Next: 01-before' "$learn"
expect 0 '0 of 7 done' "$learn" list
touch tutorials/handout/list
expect 0 'with all solutions' "$learn" list
rm tutorials/handout/list
check 'a handout is taken for the project' sh -c '! "$LEARN" list | grep "all solutions"'
check 'a pipe gets colours' sh -c '! "$LEARN" | grep -q "$(printf "\033")"'
expect 1 'found 3, expected 6' "$learn" check 01-a1
expect 0 'Hint: Think.' "$learn" hint 1a1
expect 0 'Hint 1 of 3' "$learn" hint 01-b
expect 0 'second hint' "$learn" hint 01-b
expect 0 'Hint 3 of 3' "$learn" hint 01-b
expect 0 'Hint 3 of 3' "$learn" hint 01-b
expect 1 'First yours' "$learn" solution 01-b
expect 2 'has no check' "$learn" check 01-read
expect 0 'is done' "$learn" done 01-read
expect 2 'There is no "07-b"' "$learn" check 07-b
expect 2 'usage' "$learn" nonsense
expect 1 ':3: fill in the ___' "$learn" check 01-c
sed -i 's/___/0.5/g' tutorials/01-one/experiment.md
expect 1 'has 1 words. Write 40' "$learn" check 01-c
seq 50 | tr '\n' ' ' >>tutorials/01-one/experiment.md
expect 0 'The form is filled' "$learn" check 01-c

# --- passing, and what is kept ---
echo '/* right */' >>tutorials/01-one/exercise.c
expect 0 'Right.' "$learn" check 01-b
check 'the passed file is not kept' cmp tutorials/01-one/exercise.c .progress/passed/01-one/exercise.c
expect 0 'Your instructor has' "$learn" solution 01-b
mkdir -p solutions/tutorials/01-one && echo 'int best;' >solutions/tutorials/01-one/exercise.c
expect 0 '+int best;' "$learn" solution 01-b
expect 0 'as it was handed out' "$learn" reset 01-b
check 'what was written is not beside it' grep -q right tutorials/01-one/exercise.c.1
check 'reset left the change' sh -c '! grep -q right tutorials/01-one/exercise.c'
check 'reset took the pass away' cmp -s tutorials/01-one/exercise.c.1 .progress/passed/01-one/exercise.c
expect 0 '3 of 7 done' "$learn" list
expect 0 'hints 4' "$learn" progress
"$learn" done 02-read >/dev/null
check 'a chapter without a quiz is an error' sh -c '! "$LEARN" progress 2>&1 | grep "No such file"'

# --- the quiz ---
choose() { # what the log has of a round's answers
	grep -c "answer	$1	[0-9]* $2" .progress/log.tsv
}
printf 'z\n?\n' >answers
expect 0 'A letter from a to c, please' sh -c '"$LEARN" quiz 01 before <answers'
expect 0 '1 of 8 are answered' sh -c '"$LEARN" quiz 01 before </dev/null'
check 'not sure is not kept as such' [ "$(choose 01-before not-sure)" = 1 ]
check 'the end of input is an answer' [ "$(grep -c 'answer	01-before' .progress/log.tsv)" = 1 ]
check 'before the chapter a reply is given' sh -c '! "$LEARN" quiz 01 before </dev/null | grep reply'
printf 'a\na\na\na\na\na\na\nhalf\n0,5\n' >answers
expect 0 'A number, please' sh -c '"$LEARN" quiz 01 before <answers'
check 'a decimal comma is not understood' grep -q '8 right 0.5' .progress/log.tsv
expect 0 'have answered all' sh -c '"$LEARN" quiz 01 before </dev/null'
printf '%s\n' a b c a b c a 2 >answers
expect 0 'The other way round.' sh -c '"$LEARN" quiz 01 <answers'
expect 0 'quiz: before' "$learn" progress
right=$(choose 01-after right)
check 'the result is not the sum of the right ones' sh -c '"$LEARN" progress | grep -q "after '"$right"' of 8"'
check 'every order of choices is the same' [ "$(grep 'answer	01-after' .progress/log.tsv | cut -f 4 | cut -d ' ' -f 2 | sort -u | wc -l)" = 2 ]

quiz_is_refused() { # message text
	printf '%b' "$2" >bad.txt
	expect 1 "$1" "$learn" quiz-check bad.txt
}
quiz_is_refused 'bad.txt:1: a choice before' '+ a\n  > b\n'
quiz_is_refused 'has no reply' '? q\n+ a\n- b\n  > x\n- c\n  > x\n'
quiz_is_refused 'exactly one right' '? q\n- a\n  > x\n- b\n  > x\n'
quiz_is_refused 'two wrong choices' '? q\n+ a\n  > x\n- b\n  > x\n'
quiz_is_refused 'needs: = 12 within 0' '? q\n= 12\n  > x\n'
quiz_is_refused 'bad.txt:2: a number is expected' '? q\n= twelve within 0\n  > x\n'
quiz_is_refused 'a reply without a choice' '? q\n  > x\n'
quiz_is_refused 'a line begins with' 'hello\n'
questions 7 >seven.txt
expect 1 '8 to 10 are wanted' "$learn" quiz-check seven.txt
expect 0 '' "$learn" quiz-check tutorials/01-one/quiz.txt

# --- where nothing can be kept ---
mv .progress kept && touch .progress
expect 0 'Your progress cannot be kept' sh -c 'echo "/* right */" >>tutorials/01-one/warmups/1-small.c; "$LEARN" check 01-a1'
check 'it is said more than once' [ "$(grep -c 'cannot be kept' out)" = 1 ]
rm .progress && mv kept .progress
# A disk that is full: no file may grow.
expect 0 'File too large' sh -c '(trap "" XFSZ; ulimit -f 0; "$LEARN" check 01-a1) 2>&1 | cat'
check 'half a file is kept as passed' [ ! -s .progress/passed/01-one/warmups/1-small.c ]
printf '12\tpas' >>.progress/log.tsv # a line that a full disk has cut
expect 0 'of 7 done' "$learn" list

# --- on a terminal ---
command -v python3 >/dev/null || { finish 'no python3, so no terminal: '; exit; }
git checkout -q tutorials && rm -rf .progress
on_terminal() { # status columns script [argument...]
	wanted=$1 columns=$2 script=$3
	shift 3
	python3 "$here/keys.py" "$columns" "$script" "$learn" "$@" >said 2>&1
	status=$?
	check "status $status, expected $wanted: $(cat said)" [ $status = "$wanted" ]
}
on_terminal 0 80 'wait Enter: begin
key s
wait 25 minutes
key d
wait found 3, expected 6
wait Save the file
key h
wait Hint: Think.
run echo "/* right */" >>tutorials/01-one/warmups/1-small.c
key ?
wait Right.
wait the reference beside yours
key n
wait The task stands
key h
wait Hint 1 of 3
key x
wait y or n
key n
wait Nothing was changed
key l
wait of 7 done
key q
wait goes on here'
check 'a sound is not named' grep -q 'build/tutorials/01-one/\*.wav' said
check 'saving did not pass it' grep -q 'passed	01-a1' .progress/log.tsv
# Ctrl-C, the end of input, and a terminal of 40 columns. -2: it ended by the interrupt.
on_terminal 254 80 'wait Enter: begin
key ^C'
on_terminal 254 80 'wait Enter: begin
key s
wait Save the file
run echo "/* slow */" >>tutorials/01-one/exercise.c
wait it runs
key ^C'
git checkout -q tutorials
on_terminal 0 40 'wait Enter: begin
key ENTER
wait not sure
key ^D
wait 0 of 8 are answered
key l
wait of 7 done
key ^D'
check "a line is wider than 40 columns: $(grep -E '^.{41}' said)" sh -c "! grep -q -E '^.{41}' said"
on_terminal 0 80 'wait not sure
key a
key ENTER
wait 2/8
key ^D' quiz 01
# An editor that saves aside and renames.
"$learn" done 01-read >/dev/null
on_terminal 0 80 'wait Enter: begin
key s
wait The task stands
wait Save the file
run (cat tutorials/01-one/exercise.c; echo "/* right */") >new; mv new tutorials/01-one/exercise.c
wait Right.
key q'
# Standard output elsewhere: nothing is asked.
python3 "$here/keys.py" 80 '' sh -c '"$LEARN" quiz 01 >unseen; "$LEARN" >unseen2' >said 2>&1
check 'it asks where nobody sees it' sh -c 'grep -q "The quiz asks in a terminal" unseen && grep -q "Next: " unseen2'
finish
