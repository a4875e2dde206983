#!/bin/sh
# Chapter 0: one page of C that anybody can compile, whose figures are the same everywhere,
# that hears more than it reads alone, and that answers whatever is typed.
. "$(dirname "$0")/../support/shell.sh"
page=$top/tutorials/00-one-page/emotionnet.c
text=$top/tutorials/00-one-page/chapter.md

# --- one page, and plain C ---
check 'it has over 400 lines' [ "$(wc -l <"$page")" -le 400 ]
check 'it has a line of over 90 columns' \
	[ "$(expand "$page" | awk 'length > 90' | wc -l)" = 0 ]
if command -v clang-format >/dev/null; then
	check 'clang-format lays it out otherwise' clang-format --dry-run --Werror "$page"
fi
sed -n 's/^#include //p' "$page" >headers
check 'it includes other headers than those of libc and libm' \
	[ "$(grep -cvE '^<(assert|ctype|math|stdio|stdlib|string|unistd)\.h>$' headers)" = 0 ]
check 'it does not build with a plain cc' cc -O2 "$page" -lm -o emotionnet
check 'it has warnings' cc -std=c11 -O2 -Wall -Wextra -Wshadow -Wconversion -Werror \
	-Wdouble-promotion -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wundef \
	-Wpointer-arith -c "$page" -o warned.o
grep '^/\* --- ' "$page" | grep -v -e Chance -e 'You speak' >blocks
check 'a block names no chapter' [ "$(grep -c 'chapters\{0,1\} [0-9]' blocks)" = "$(wc -l <blocks)" ]

# --- what it learns, on five seeds ---
# learnt FILE: the gradient is right; words and sound are each .15 above chance, both
# together .10 above the better one.
learnt() {
	awk '/^gradient check:/ { gradient = $3 <= 1e-6 }
		/^speakers never heard/ { words = $4; sound = $5; both = $6; found++ }
		END {
			better = words > sound ? words : sound
			exit !(gradient && found == 1 && words >= 1 / 6 + .15 && sound >= 1 / 6 + .15 &&
				both >= better + .10 - 1e-9)
		}' "$1"
}
factors=$(sed -n 's/.*EACH = \([0-9]*\),.* TEST = \([0-9]*\) \* EACH.*/\1 * \2/p' "$page")
check 'it is tested on fewer than 200 utterances' [ $(($factors)) -ge 200 ]
for seed in 1 2 3 4 5; do
	check "seed $seed fails" sh -c "ulimit -t 10; ./emotionnet $seed </dev/null >learnt.$seed"
	cp "learnt.$seed" out
	check "seed $seed: the gradient is wrong, or it learns too little" learnt "learnt.$seed"
done
# The check of the gradient can fail, and then nothing is learnt.
sed 's/x->grad\[at + k - 1\] +=/x->grad[at + k - 1] =/; s/EPOCHS = 10/EPOCHS = 1/' "$page" >wrong.c
check 'the wrong version does not build' cc -O2 wrong.c -lm -o wrong
./wrong </dev/null >wrong.out
check 'a wrong gradient passes its check' \
	awk '/^gradient check:/ { wrong = $3 > 1e-3 } END { exit !wrong }' wrong.out

# --- the same figures from every compiler ---
if command -v clang >/dev/null; then
	check 'clang does not build it' clang -O3 "$page" -lm -o by-clang
	./by-clang 1 </dev/null >clang.out
	check 'clang prints other figures' diff learnt.1 clang.out
else
	echo "$name: skipped clang, which is missing"
fi
# An emulator takes a minute for all of it: a shorter lesson must do.
if command -v aarch64-linux-gnu-gcc >/dev/null && command -v qemu-aarch64 >/dev/null; then
	sed 's/TRAIN = 60 \* EACH, TEST = 20/TRAIN = 6 * EACH, TEST = 4/; s/EPOCHS = 10/EPOCHS = 4/' \
		"$page" >short.c
	check 'the page is not as this test shortens it' [ "$(diff "$page" short.c | grep -c '^>')" = 1 ]
	cc -O2 short.c -lm -o short
	check 'the Arm compiler does not build it' \
		aarch64-linux-gnu-gcc -O2 -static short.c -lm -o short-arm
	./short 2 </dev/null >short.out
	qemu-aarch64 ./short-arm 2 </dev/null >arm.out
	check 'Arm prints other figures' diff short.out arm.out
else
	echo "$name: skipped Arm: aarch64-linux-gnu-gcc or qemu-aarch64 is missing"
fi

# --- it answers ---
# quoted N: the Nth block of the chapter that has no language, without ends of lines.
quoted() {
	awk -v wanted="$1" '/^```/ { inside = !inside && /^```$/; blocks += inside; next }
		inside && blocks == wanted' "$text" | sed 's/ *$//'
}
printf "angry: I'm fine\nI'm fine\n" | ./emotionnet | sed 's/ *$//' >session
sed -n '1,/^fusion gains/p' session >learning
sed '1,/^fusion gains/d' session >answers
quoted 1 >quoted.learning
check 'chapter.md quotes other figures than it prints' diff quoted.learning learning
quoted 2 | grep -v '^> ' >quoted.answers
check 'chapter.md quotes other answers than it gives' diff quoted.answers answers

# For what is typed a page that learns for a moment is enough.
sed 's/TRAIN = 60 \* EACH, TEST = 20/TRAIN = 15 * EACH, TEST = 1/; s/EPOCHS = 10/EPOCHS = 1/' "$page" >brief.c
check 'the sanitizers do not build it' cc -std=c11 -g -O1 -fsanitize=address,undefined \
	-fno-sanitize-recover=all brief.c -lm -o brief
check 'it does not end by itself without input' sh -c './brief </dev/null'
says() { # input, part of what it must say
	checks=$((checks + 1))
	printf "$1" | ./brief >out 2>&1 && grep -qF -- "$2" out || failed "typed: $1"
}
says 'robot: we are glad\n' 'I do not know "robot"'
says 'robot: we are glad\n' 'voices: happy sad angry afraid surprised calm'
says 'happy: banana' 'I do not know "banana"'
says 'happy: banana' 'words: '
says '\n' 'I do not know ""'
says 'SAD : We are... GLAD!\r\n' 'words alone'
says ':\n::\n: :\nsad:\n:sad\nsad::we are glad: : \n' 'words alone'
says '\000abc\nwe\000are\n\377\376\200: \303\251\n\033[31m\n%%s%%n\n' 'I do not know'
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "we are glad "; print ""
	for (i = 0; i < 3000; i++) printf "x"; print ":" 
	for (i = 0; i < 400; i++) printf "new%d ", i; print ""
	for (i = 0; i < 998; i++) printf "."; print "we are glad" }' >long
check 'long lines are not survived' sh -c './brief <long'
head -c 20000 /dev/urandom >noise
check 'noise is not survived' sh -c './brief <noise'
finish
