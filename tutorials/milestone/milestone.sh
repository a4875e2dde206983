#!/bin/sh
# The milestone: each of a student's parts is compared with the library's on one batch, then both train the same
# EmotionNet. usage: PARTS=program MINE=program LIBRARY=program tutorials/milestone/milestone.sh OPTIONS...
echo 'Each part on one small batch, forward and backward:'
"$PARTS" || exit 1

# train PROGRAM: accuracy of middle fusion, the ends of its interval, seconds
train() {
	began=$(date +%s)
	program=$1
	shift
	"$program" compare --plain --fusion middle --stage 900,200,300 --epochs 15 "$@" --no-cache --json 2>/dev/null |
		tr '{' '\n' | sed -n 's/.*"strategy":"middle".*"accuracy":\([0-9.]*\),.*"accuracy_interval":\[\([0-9.]*\),\([0-9.]*\)\].*/\1 \2 \3/p'
	echo $(($(date +%s) - began))
}

echo
echo 'Training EmotionNet on 900 utterances, middle fusion: first the library, then your parts.'
# shellcheck disable=SC2046
set -- $(train "$LIBRARY" "$@") $(train "$MINE" "$@")
if [ $# -ne 8 ]; then
	echo 'A training did not end. make run MINE=1 shows what it says.' >&2
	exit 1
fi
awk -v accuracy="$1" -v low="$2" -v high="$3" -v seconds="$4" -v mine="$5" -v mine_seconds="$8" 'BEGIN {
	printf "  the library: accuracy %.3f (%.3f to %.3f), %d s\n", accuracy, low, high, seconds
	printf "  your parts:  accuracy %.3f, %d s\n\n", mine, mine_seconds
	if (mine < low || mine > high) {
		print "That is outside of the library'"'"'s interval. Which part is not the student'"'"'s function everywhere?"
		exit 1
	}
	print "Within the interval. This EmotionNet is made of what you wrote."
}'
