#!/bin/sh
# The grader and what students hand in, on the small exercise beside this file: files that do not compile or hold nothing,
# Windows line ends, a byte order mark, loops, hoards, floods, exits, wrong numbers. Named what_condition_result.
# Skipped but under MODE=sanitize, where the grader is at home. Attacks on it: proof_attacks.sh.
cd "$(dirname "$0")/../.." || exit 2
export OBJECTS="${EMOTIONNET%/bin/emotionnet}"
exercise=tests/tutorials/exercise
[ -x "$OBJECTS/$exercise/grade" ] ||
	{ echo 'skipped: the grader is not built (make test MODE=sanitize builds it)'; exit 0; }
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

# hand_in NAME POINTS MESSAGE SCRIPT...: grades the solution, changed by the sed script. What it said must hold the message.
hand_in() {
	name=$1 points=$2 message=$3
	shift 3
	mkdir "$dir/$name" && sed "$@" "$exercise/exercise.c" >"$dir/$name/exercise.c"
	case $name in loop* | sleep*) seconds=1 ;; *) seconds=20 ;; esac
	EXERCISE_SECONDS=$seconds tutorials/grade.sh $exercise "$dir/$name/exercise.c" "$dir/$name" >"$dir/$name/said" 2>&1
	{
		grep -q "^$points\( of 10\)\{0,1\} points" "$dir/$name/results.txt" || echo "not $points points"
		grep -q -e "$message" "$dir/$name/said" || echo "no \"$message\""
		grep -q "\"score\":$points," "$dir/$name/results.json" || echo "another score in results.json"
	} >"$dir/$name/wrong"
}

# A line at the beginning of line(); one at the beginning of the file.
in_line() { printf '/^void line/{n;s/$/ %s/;}' "$1"; }
on_top() { printf '1s/^/%s\\\n/' "$1"; }

(
	hand_in solution_gets_all 10 '10 of 10' ''
	hand_in windows_line_ends_get_all 10 '10 of 10' 's/$/\r/'
	hand_in byte_order_mark_gets_all 10 '10 of 10' '1s/^/\xef\xbb\xbf/'
	hand_in conversion_warns_not 10 '10 of 10' 's/slope \* x\[i\]/(double)&/'
	! grep -q warning "$dir/conversion_warns_not/said" || echo 'a warning' >"$dir/conversion_warns_not/wrong"
	hand_in does_not_compile_names_line 0 '^exercise.c:5:.*error' "$(in_line 'int x = ;')"
	hand_in unknown_function_names_line 0 '^exercise.c:5:.*lines' "$(in_line 'lines(y);')"
	hand_in empty_names_function 0 'there is no line in it' 'd'
	hand_in static_names_function 0 'there is no line in it' 's/^void line/static inline void lines/'
	hand_in missing_return_names_line 0 '^exercise.c:1:.*non-void' "$(on_top 'int twice(int x); int twice(int x) { (void)x; }')"
	hand_in library_is_named 0 'It uses matmul_at' -e "$(on_top '#include "tensor\/matmul.h"')" -e "$(in_line 'Matrix m = {0}; matmul(m, m, m, MATMUL_SET);')"
	hand_in what_may_be_called_is_told 0 'free and tape_output tape_record' -e "$(on_top '#include <unistd.h>')" -e "$(in_line 'fork();')"
) &
(
	hand_in loop_is_stopped 0 'a loop that never ends' "$(in_line 'for (volatile int i = 1; i; );')"
	[ "$(grep -c 'Not run' "$dir/loop_is_stopped/results.txt")" = 1 ] || echo 'the rest was run' >>"$dir/loop_is_stopped/wrong"
	hand_in hoard_is_stopped 7 'memory without end' -e "$(on_top '#include <stdlib.h>\n#include <string.h>')" \
		-e "$(in_line 'for (char *p; (p = malloc(1 << 22)); ) memset(p, 1, 1 << 22);')"
	hand_in flood_is_stopped 7 'printing without end' -e "$(on_top '#include <stdio.h>')" \
		-e "$(in_line 'for (int i = 0; count > 0; i++) printf("i is %d\\n", i);')"
	hand_in recursion_is_named 7 'a recursion that never ends' \
		-e "$(on_top 'static int deep(volatile int n) { volatile char rest[4096]; rest[0] = (char)n; return n < 0 ? 0 : n + deep(n + 1) + rest[0]; }')" \
		-e "$(in_line 'y[0] = deep(0);')"
	hand_in exit_is_named 7 'exit() in the exercise' -e "$(on_top '#include <stdlib.h>')" -e "$(in_line 'exit(0);')"
	hand_in input_is_refused 0 'It uses getc' -e "$(on_top '#include <stdio.h>')" -e "$(in_line 'getchar();')"
	hand_in null_is_named 7 'a NULL is followed' "$(in_line 'volatile int *p = 0; *p = 1;')"
	hand_in undefined_is_named 7 'undefined behaviour' "$(in_line 'volatile int big = 2147483647; big = big + count;')"
) &
(
	hand_in one_too_far_is_named 7 'memory that is not yours' '/^void line/,/^}/s/i < count/i <= count/'
	hand_in far_beside_is_named 7 'memory that is not yours' "$(in_line 'y[100000] = 0;')"
	hand_in written_input_is_named 7 'an input is written' '/^void line/,/^}/s/y\[i\] = .*/&((real *)x)[0] = 5;/'
	hand_in not_a_number_is_named 7 'y is no number' '/^void line/,/^}/s/+ shift/+ shift * 0 * __builtin_inff()/'
	hand_in unset_variable_is_never_0 7 'expected' \
		'/^void line/,/^}/s/y\[i\] = \(.*\);/{ real sum; sum += \1; y[i] = sum; }/'
	hand_in diagnosis_is_told 7 'the shift is not added' 's/ + shift//'
	hand_in same_fault_is_told_once 7 'the shift is not added' 's/ + shift//'
	[ "$(grep -c 'Likely mistake' "$dir/same_fault_is_told_once/said")" = 1 ] || echo 'told more than once' >>"$dir/same_fault_is_told_once/wrong"
	hand_in wrong_forward_is_seen 5 'fade' 's/= x->value.data\[e\] \*/= 2 * x->value.data[e] */'
	hand_in overwritten_gradient_is_seen 7 'overwritten instead of added' 's/x->grad.data\[e\] +=/x->grad.data[e] =/'
	hand_in nan_gradient_is_seen 7 'is no number' 's/x->grad.data\[e\] +=/& 0 * __builtin_inff() */'
	hand_in null_op_is_named 5 'it returned NULL' 's/return tape_record.*/(void)op; return 0;/'
	hand_in printed_is_shown 7 '  i is 3' -e "$(on_top '#include <stdio.h>')" \
		-e "$(in_line 'for (int i = 0; i < 4; i++) printf("i is %d\\n", i); y[0] = 1; return;')"
	hand_in own_main_gets_all 10 '10 of 10' "$(on_top 'int main(void); int main(void) { return 0; }')"
) &
wait

# What is no file, or no exercise, is refused in a sentence.
refused() { # NAME MESSAGE: of $dir/NAME/exercise.c
	tutorials/grade.sh $exercise "$dir/$1/exercise.c" "$dir/$1" >"$dir/$1/said" 2>&1
	[ $? = 1 ] && grep -q "$2" "$dir/$1/said" && grep -q '"score":0,' "$dir/$1/results.json" ||
		echo "not refused" >"$dir/$1/wrong"
}
for name in missing folder pipe huge zero; do mkdir "$dir/$name"; done
mkdir "$dir/folder/exercise.c"
mkfifo "$dir/pipe/exercise.c"
ln -s /dev/zero "$dir/zero/exercise.c"
dd if=/dev/zero of="$dir/huge/exercise.c" bs=1 count=1 seek=1000000000 2>/dev/null
for name in missing folder pipe zero; do refused $name 'there is no such file'; done
refused huge 'larger than'

# Without the tools that hide its names nothing is graded, and the reason is said.
mkdir "$dir/few" "$dir/no_objcopy"
for tool in sed awk mkdir rm nm mktemp chmod ln cat wc grep tr cut uname; do ln -s "$(command -v $tool)" "$dir/few/"; done
compiler=$(sed -n '1s/ .*//p' "$OBJECTS/$exercise/compile")
printf '#!/bin/sh\nPATH=%s exec %s "$@"\n' "$PATH" "$compiler" >"$dir/few/$compiler" && chmod +x "$dir/few/$compiler"
PATH=$dir/few /bin/sh tutorials/grade.sh $exercise $exercise/exercise.c "$dir/no_objcopy" >"$dir/no_objcopy/said" 2>&1
status=$?
[ "$(uname)" != Linux ] || { [ $status = 2 ] && grep -q 'needs objcopy' "$dir/no_objcopy/said"; } &&
	grep -q '"score":0,' "$dir/no_objcopy/results.json" || echo 'no message' >"$dir/no_objcopy/wrong"

failed=0
for wrong in "$dir"/*/wrong; do
	[ ! -s "$wrong" ] || { failed=1; printf 'tests/tutorials/test_grade.sh: %s: ' "$(basename "${wrong%/wrong}")"
		cat "$wrong" "${wrong%/wrong}/said"; }
done
exit $failed
