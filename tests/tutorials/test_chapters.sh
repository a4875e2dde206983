#!/bin/sh
# The chapters' tools: what fill.awk and strip.awk refuse, and what the grader says of an exercise that
# exits, that crashes, that never ends, that hoards memory. Named what_condition_result.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
failed=0
fail() { printf 'tests/tutorials/test_chapters.sh: %s\n' "$*"; failed=1; }

# --- fill.awk ---
printf '/* [a] */\n\tint x;\n/* [/a] */\n' >"$dir/source.c"
printf 'key\t1.25\n' >"$dir/values"
printf 'title\n== section\nhello\n[1] look\n' >"$dir/transcript"
fill() { # text of the chapter
	printf '%b' "$1" >"$dir/chapter.md"
	awk -v source="$dir/source.c" -v values="$dir/values" -v transcript="$dir/transcript" \
		-f tutorials/fill.awk "$dir/chapter.md" >"$dir/filled" 2>"$dir/error"
}
fill 'it is <!--=key-->9<!--=-->.\n<!-- listing: a -->\nold\n<!-- /listing -->\n' || fail 'fill_good_text_is_filled: failed'
printf 'it is <!--=key-->1.25<!--=-->.\n<!-- listing: a -->\n```c\nint x;\n```\n<!-- /listing -->\n' |
	cmp -s - "$dir/filled" || fail 'fill_good_text_is_filled: not as expected'
refuses() { # name text message
	if fill "$2"; then
		fail "$1: was accepted"
	elif ! grep -q "$3" "$dir/error"; then
		fail "$1: said $(cat "$dir/error")"
	fi
}
refuses fill_unknown_number_fails '<!--=other-->1<!--=-->\n' 'chapter.md:1: .*no number "other"'
refuses fill_unknown_listing_fails '<!-- listing: b -->\n<!-- /listing -->\n' 'no \[b\]'
refuses fill_unclosed_listing_fails 'x\n<!-- listing: a -->\n' 'chapter.md:2: listing is not closed'
refuses fill_unclosed_number_fails '<!--=key-->1\n' 'not closed'
refuses fill_unknown_point_fails '<!-- output: 7 -->\n<!-- /output -->\n' 'no point \[7\]'

# --- strip.awk ---
strip() { printf '%b' "$1" >"$dir/exercise.c"; awk -f tutorials/strip.awk "$dir/exercise.c" >"$dir/stub" 2>"$dir/error"; }
begin='/* BEGIN SOLUTION */\n' end='/* END SOLUTION */\n'
strip "a\n${begin}secret\n${end}b\n" && ! grep -q secret "$dir/stub" && grep -q b "$dir/stub" ||
	fail 'strip_solution_is_left_out'
strip "${begin}a\n${begin}b\n${end}" && fail 'strip_nested_fails'
strip "${begin}a\n" && fail 'strip_unclosed_fails'
strip "a\n${end}" && fail 'strip_never_opened_fails'
strip "a\n" && fail 'strip_no_solution_fails'

# --- the grader, with a stand-in for an exercise: a script that lists one check and then misbehaves ---
grade=$(dirname "$EMOTIONNET")
case $grade in */bin) grade=${grade%/bin} ;; *) grade=$grade/release ;; esac
if [ ! -x "$grade/tutorials/grade" ]; then
	echo 'skipped: the grader is not built (make exercises-check builds it)'
	exit $failed
fi
export EXERCISE_SECONDS=1
echo "int x;" >"$dir/file.c"
misbehaves() { # name, what the check does, what the grader must say
	printf '#!/bin/sh\n[ "$1" != --list ] || { printf "5\\tname\\ttitle\\n"; exit 0; }
[ "$1" != --hash ] || { echo %s; exit 0; }\n%s\n' "$("$grade/tutorials/grade" --hash "$dir/file.c")" "$2" >"$dir/exercise"
	chmod +x "$dir/exercise"
	rm -rf "$dir/out" && mkdir "$dir/out"
	"$grade/tutorials/grade" "$dir/exercise" "$dir/out" "$dir/file.c" >"$dir/said" 2>&1
	[ $? = 1 ] || fail "$1: status is not 1"
	grep -q "$3" "$dir/said" || fail "$1: said $(cat "$dir/said")"
	grep -q '"score":0' "$dir/out/results.json" || fail "$1: points were given"
}
misbehaves grade_exit_has_not_passed 'exit 0' 'ended before the check did'
misbehaves grade_false_verdict_has_not_passed 'echo "0000 passed" >&3' '0 of 5'
misbehaves grade_crash_is_named 'kill -SEGV $$' 'Segmentation fault'
misbehaves grade_loop_is_stopped 'while :; do :; done' 'a loop that never ends'
misbehaves grade_sleep_is_stopped 'exec 3>&-; sleep 100' 'a loop that never ends'
misbehaves grade_hoard_is_named 'echo "AddressSanitizer: hard rss limit exhausted" >&2; exit 1' 'memory without end'
exit $failed
