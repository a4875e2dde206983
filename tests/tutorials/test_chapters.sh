#!/bin/sh
# The chapters' tools: what fill.awk and strip.awk refuse. Named what_condition_result.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
failed=0
fail() { printf 'tests/tutorials/test_chapters.sh: %s\n' "$*"; failed=1; }

# --- fill.awk ---
printf '/* [a] */\n\tint x;\n/* [/a] */\nint twice(int x)\n{\n\t/* [b] */\n\treturn 2 * x;\n\t/* [/b] */\n}\n' >"$dir/source.c"
printf 'key\t1.25\n?1\tnumber\tHow_many?\t4\tTwice two.\n?2\tchoice\tWhich?\tb\tone\tToo few.\ttwo\tYes.\n' >"$dir/values"
printf 'title\n== section\nhello\n? How many?\n    a) one\n  > It is 4.\n  two\n[1] look\n' >"$dir/transcript"
fill() { # text of the chapter
	printf '%b' "$1" >"$dir/chapter.md"
	awk -v folder="$dir" -v source="$dir/source.c" -v values="$dir/values" -v transcript="$dir/transcript" \
		-v most=4 -f tutorials/write/fill.awk "$dir/chapter.md" >"$dir/filled" 2>"$dir/error"
}
fills() { # name text expected
	fill "$2" || fail "$1: said $(cat "$dir/error")"
	printf '%b' "$3" | diff - "$dir/filled" || fail "$1: not as expected"
}
fills fill_good_text_is_filled 'it is <!--=key-->9<!--=-->.\n<!-- listing: a -->\nold\n<!-- /listing -->\n' \
	'it is <!--=key-->1.25<!--=-->.\n<!-- listing: a -->\n<sub>[source.c](source.c#L2)</sub>\n\n```c\nint x;\n```\n<!-- /listing -->\n'
fills fill_listing_names_its_function '<!-- listing: b -->\n<!-- /listing -->\n' \
	'<!-- listing: b -->\n<sub>[source.c](source.c#L7), in <code>twice()</code></sub>\n\n```c\nreturn 2 * x;\n```\n<!-- /listing -->\n'
fills fill_function_is_found_by_name "<!-- listing: $dir/source.c twice long -->\n<!-- /listing -->\n" \
	"<!-- listing: $dir/source.c twice long -->\n<sub>[source.c](source.c#L4)</sub>\n\n\`\`\`c\nint twice(int x)\n{\n    /* [b] */\n    return 2 * x;\n    /* [/b] */\n}\n\`\`\`\n<!-- /listing -->\n"
fills fill_link_leads_to_line 'see <!--link: layers/linear.h Linear-->x<!--/link-->\n' \
	"see <!--link: layers/linear.h Linear-->[\`layers/linear.h:$(grep -n 'struct Linear' layers/linear.h | cut -d: -f1)\`](../../layers/linear.h#L$(grep -n 'struct Linear' layers/linear.h | cut -d: -f1))<!--/link-->\n"
fills fill_output_leaves_predictions_out '<!-- output: 1 -->\n<!-- /output -->\n' \
	'<!-- output: 1 -->\n```\ntitle\nhello\n  two\n```\n<!-- /output -->\n'
fills fill_number_prediction_is_folded '<!-- prediction: 1 -->\n<!-- /prediction -->\n' \
	'<!-- prediction: 1 -->\n> **Predict.** How&#95;many?\n>\n> <details><summary>Answer</summary>\n>\n> **4.** Twice two.\n>\n> </details>\n<!-- /prediction -->\n'
fills fill_choices_have_their_replies '<!-- prediction: 2 -->\n<!-- /prediction -->\n' \
	'<!-- prediction: 2 -->\n> **Predict.** Which?\n>\n> a) one<br>\n> b) two\n>\n> <details><summary>Answer</summary>\n>\n> a) Too few.\n>\n> **b) is right.** Yes.\n>\n> </details>\n<!-- /prediction -->\n'
refuses() { # name text message
	if fill "$2"; then
		fail "$1: was accepted"
	elif ! grep -q "$3" "$dir/error"; then
		fail "$1: said $(cat "$dir/error")"
	fi
}
refuses fill_unknown_number_fails '<!--=other-->1<!--=-->\n' 'chapter.md:1: .*no number "other"'
refuses fill_odd_number_fails '<!--=late+50-->1<!--=-->\n' 'no number "late+50"'
refuses fill_unknown_listing_fails '<!-- listing: c -->\n<!-- /listing -->\n' 'no \[c\]'
refuses fill_unknown_function_fails '<!-- listing: layers/linear.c thrice -->\n<!-- /listing -->\n' 'no function or struct thrice'
refuses fill_unknown_link_fails '<!--link: layers/linear.c thrice-->x<!--/link-->\n' 'layers/linear.c has no thrice'
refuses fill_unclosed_link_fails '<!--link: layers/linear.h Linear-->x\n' 'is not closed'
refuses fill_long_listing_fails "<!-- listing: $dir/source.c twice -->\n<!-- /listing -->\n" 'a listing of 6 lines: at most 4'
refuses fill_unclosed_listing_fails 'x\n<!-- listing: a -->\n' 'chapter.md:2: listing is not closed'
refuses fill_unclosed_number_fails '<!--=key-->1\n' 'not closed'
refuses fill_unknown_point_fails '<!-- output: 7 -->\n<!-- /output -->\n' 'no point \[7\]'
refuses fill_unknown_prediction_fails '<!-- prediction: 3 -->\n<!-- /prediction -->\n' 'no prediction 3'
printf '/* [s] */\n/* BEGIN SOLUTION */\nint y;\n/* END SOLUTION */\n/* [/s] */\n' >>"$dir/source.c"
refuses fill_solution_is_not_shown '<!-- listing: s long -->\n<!-- /listing -->\n' 'shows a solution'

# --- reading.awk: 100 words and 10 lines a minute, a picture, formula or prediction one each ---
{
	yes word | head -200 | tr '\n' ' '
	printf '\n![words that are not read](a.svg)\n\n$$x$$\n\n$$\ny\n$$\n\n```c\n'
	yes 'int x;' | head -30
	printf '```\n<!-- output: 1 -->\n```\nmany words\n```\n<!-- /output -->\n<!-- prediction: 1 -->\n> words\n<!-- /prediction -->\n'
} >"$dir/chapter.md"
[ "$(awk -f tutorials/write/reading.awk "$dir/chapter.md")" = '200 30 1 2 1 9' ] ||
	fail "reading_follows_the_rule: said $(awk -f tutorials/write/reading.awk "$dir/chapter.md")"

# --- weeks.awk: 46 + 58 to read, two quizzes of 15, three warm-ups, parts B, two experiments ---
printf '| [07 A](a) | x | <!--time: a-->46 minutes<!--/time-->, exercise 50 |\n| [08 B](b) | y | <!--time: b-->58 minutes<!--/time-->, exercise 70 |\n' >"$dir/README.md"
printf '| 1 | 7 A | x |\n| 1 | 8 B | y |\n| 2 | 10 C | z |\n<!-- weeks -->\n| 9 | 9 | old |\n' >"$dir/plan.md"
weeks() { awk -v warmups='tutorials/07-a/warmups/1.c tutorials/08-b/warmups/1.c tutorials/08-b/warmups/2.c' \
	-f tutorials/write/weeks.awk "$dir/README.md" "$dir/plan.md" 2>"$dir/error"; }
weeks >/dev/null && fail 'weeks_open_mark_fails: was accepted'
grep -q 'is not closed' "$dir/error" || fail "weeks_open_mark_fails: said $(cat "$dir/error")"
echo '<!-- /weeks -->' >>"$dir/plan.md"
weeks >"$dir/weeks"
for line in '| 1 | 7, 8 | 104 | 30 | 15 | 120 | 60 | 5 h 29 |' '| 2 | 10 | not there yet | | | | | |'; do
	grep -q -x -F "$line" "$dir/weeks" || fail "weeks_are_added_up: $(cat "$dir/weeks")"
done
! grep -q old "$dir/weeks" || fail 'weeks_old_rows_go: one is left'

# --- glossary.awk ---
mkdir -p "$dir/tutorials/01-one" "$dir/tutorials/02-two"
printf '# 1  One\n## Terms\n* **stride**: How far.\n## Next\n* **no**: not one.\n' >"$dir/tutorials/01-one/chapter.md"
printf '# 2  Two\n## Terms\n* **Adam**: An optimiser.\n' >"$dir/tutorials/02-two/chapter.md"
glossary() { (cd "$dir" && awk -f "$OLDPWD/tutorials/write/glossary.awk" tutorials/*/chapter.md) >"$dir/glossary" 2>"$dir/error"; }
glossary
tail -8 "$dir/glossary" | diff - /dev/fd/3 3<<'END' || fail 'glossary_is_sorted: not as expected'

## A

* **Adam** ([2 Two](02-two/chapter.md#terms)): An optimiser.

## S

* **stride** ([1 One](01-one/chapter.md#terms)): How far.
END
echo '* **stride**: Again.' >>"$dir/tutorials/02-two/chapter.md"
glossary && fail 'glossary_term_explained_twice_fails: was accepted'
grep -q '"stride" is explained in 01-one already' "$dir/error" || fail 'glossary_term_explained_twice_fails: no message'

# --- chapter_check.sh: a chapter in good form, and each thing that may be wrong with it ---
here=tutorials/01-one out=build/tutorials/01-one
mkdir -p "$dir/$here" "$dir/$out"
good() { # the text, its program's values, its counts
	cat >"$dir/$here/chapter.md" <<'END'
# 1  One

*<!--time-->50 minutes<!--/time--> to read.*

## The question
What is a *stride*? See [the drawing](a.svg) and `tutorials/write/glossary.awk`.

![a](a.svg) ![b](b.svg)
## What you need
## My own
<!-- prediction: 1 -->
<!-- prediction: 2 -->
<!-- prediction: 3 -->
<!-- prediction: 4 -->
A tensor has a shape, a view; broadcasting and the matrix
product come later.
## The experiment
## In the library
## Break it on purpose
<details>
## Recap
* one
* two
* three
* four
## Terms
* **stride**: How far.
## Self-check
1. one
1. two
1. three
1. four
<details>
## Exercises
## What to read next
END
	printf '?1\tx\n?2\tx\n?3\tx\n?4\tx\ndrawing\ta\ndrawing\tb\n' >"$dir/$out/values"
	echo 2000 100 2 3 4 50 >"$dir/$out/counts"
	yes 'int x;' | head -200 >"$dir/$here/chapter.c"
	touch "$dir/$here/a.svg" "$dir/$here/b.svg" "$dir/$out/a.svg" "$dir/$out/b.svg"
	echo '| [1](01-one/chapter.md) |' >"$dir/tutorials/README.md"
}
mkdir "$dir/tutorials/write"
cp tutorials/write/chapter_check.sh tutorials/write/syllabus.txt tutorials/write/glossary.awk "$dir/tutorials/write/"
form() { (cd "$dir" && sh tutorials/write/chapter_check.sh 01-one) >"$dir/error" 2>&1; }
good
form || fail "form_good_chapter_passes: said $(cat "$dir/error")"
wants() { # name, sed for the text, message
	good
	sed "$2" "$dir/$here/chapter.md" >"$dir/changed" && mv "$dir/changed" "$dir/$here/chapter.md"
	if form; then
		fail "$1: was accepted"
	elif ! grep -q -e "$3" "$dir/error"; then
		fail "$1: said $(cat "$dir/error")"
	fi
}
wants form_missing_section_fails '/^## In the library/d' '"## In the library" has to stand in it once'
wants form_section_too_early_fails '/^## Terms/d; s/^## My own/## Terms/' '"## Recap" stands too early\|stands too early'
wants form_link_to_nowhere_fails 's/(a\.svg) and/(no.svg) and/' 'the link to no.svg leads nowhere'
wants form_path_to_nowhere_fails 's,glossary.awk,no.awk,' 'there is no tutorials/write/no.awk'
wants form_picture_not_shown_fails 's/!\[b\](b.svg)//' 'b.svg is not shown'
wants form_prediction_not_quoted_fails '/prediction: 3/d' 'prediction 3 does not stand in it'
wants form_short_recap_fails '/^\* four/d' '3 lines of recap'
wants form_short_self_check_fails '/^1\. four/d' '3 questions'
wants form_open_answers_fail '/details/d' '"Self-check" has no folded answer'
wants form_term_not_in_italics_fails 's/a \*stride\*/a stride/' '"stride" stands nowhere in italics'
wants form_term_of_syllabus_missing_fails 's/broadcasting and//' 'speak of "broadcasting"'
wants form_no_time_fails 's/<!--time-->/<!--time: 1-->/' 'has no <!--time-->'
wants form_backslash_in_formula_fails 's/^## My own/$a \\, b$/' 'a backslash before a sign'
changed() { # name, command, message
	good
	(cd "$dir" && eval "$2")
	form && fail "$1: was accepted"
	grep -q -e "$3" "$dir/error" || fail "$1: said $(cat "$dir/error")"
}
changed form_long_text_fails "echo 2501 100 2 3 4 50 >$out/counts" '2501 words: from 1500 to 2500'
changed form_slow_text_fails "echo 2000 100 2 3 4 66 >$out/counts" '66 minutes to read: from 45 to 65'
changed form_few_drawings_fail "sed -i '/drawing.b/d' $out/values" '1 drawings that explain'
changed form_few_predictions_fail "sed -i '/^?4/d' $out/values" 'asks for 3 predictions'
changed form_no_line_in_readme_fails ': >tutorials/README.md' 'no line for it'

# --- needs.awk: a source by its own header, a folder by a header without a source ---
needs() { awk -v roots="$1" -v without="$2" -f tutorials/write/needs.awk "$dir/includes" | sort | tr '\n' ' '; }
printf '%s\n' 'a/main.c:#include "b/b.h"' 'b/b.c:#include "b/b.h"' 'b/b.c:#include "c/c.h"' 'b/other.c:#include "b/other.h"' \
	'c/one.c:#include "c/one.h"' 'c/two.c:#include "c/two.h"' 'd/d.c:#include "b/b.h"' >"$dir/includes"
[ "$(needs a/main.c)" = 'a/main.c b/b.c c/one.c c/two.c ' ] ||
	fail "needs_follows_headers: said $(needs a/main.c)"
[ "$(needs a/main.c c/c.h)" = 'a/main.c b/b.c ' ] || fail "needs_without_stops: said $(needs a/main.c c/c.h)"

# --- strip.awk ---
strip() { printf '%b' "$1" >"$dir/exercise.c"; awk -f tutorials/handout/strip.awk "$dir/exercise.c" >"$dir/stub" 2>"$dir/error"; }
begin='/* BEGIN SOLUTION */\n' end='/* END SOLUTION */\n'
strip "a\n${begin}secret\n${end}b\n" && ! grep -q secret "$dir/stub" && grep -q b "$dir/stub" ||
	fail 'strip_solution_is_left_out'
strip "${begin}\tsecret\n\t/* stub: return 0; */\n$end" && grep -q '^	return 0;$' "$dir/stub" &&
	! grep -q secret "$dir/stub" || fail 'strip_stub_line_stays'
strip "/* stub: return 0; */\n${begin}a\n$end" && fail 'strip_stub_outside_fails'
strip "${begin}x(); /* stub: y(); */ z();\n$end" && fail 'strip_stub_within_a_line_fails'
strip "${begin}a\n${begin}b\n${end}" && fail 'strip_nested_fails'
strip "${begin}a\n" && fail 'strip_unclosed_fails'
strip "a\n${end}" && fail 'strip_never_opened_fails'
strip "a\n" && fail 'strip_no_solution_fails'
exit $failed
