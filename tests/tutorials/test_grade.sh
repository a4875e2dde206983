#!/bin/sh
# The grader and what students hand in: files that do not compile or hold nothing, Windows line ends, a byte order mark,
# loops, hoards, floods, exits, forks, forgeries. Named what_condition_result.
# Skipped but under MODE=sanitize, where the grader is at home.
cd "$(dirname "$0")/../.." || exit 2
export OBJECTS="${EMOTIONNET%/bin/emotionnet}"
[ -x "$OBJECTS/tutorials/grade" ] && [ -f $OBJECTS/tutorials/01-tensors/compile ] ||
	{ echo 'skipped: the grader is not built (make test MODE=sanitize builds it)'; exit 0; }
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

head='#include "tutorials/01-tensors/exercise.h"
'
loops='	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++) {
			real sum = 0;
			for (int k = 0; k < a.columns; k++)
				sum += a.data[i * a.row_stride + k * a.column_stride] *
				       b.data[k * b.row_stride + j * b.column_stride];
			out.data[i * out.row_stride + j * out.column_stride] = sum;
		}
'
signature='void multiply(Matrix out, Matrix a, Matrix b)
{
'

# hand_in NAME POINTS MESSAGE TEXT: grades a file of this text; in the background, all at once.
hand_in() {
	(
		case $1 in loop*) export EXERCISE_SECONDS=1 ;; esac
		mkdir "$dir/$1" && printf '%s' "$4" >"$dir/$1/exercise.c"
		tutorials/grade.sh 01-tensors "$dir/$1/exercise.c" "$dir/$1" >"$dir/$1/said" 2>&1
		{
			grep -q "^$2\( of 10\)\{0,1\} points" "$dir/$1/results.txt" || echo "not $2 points"
			grep -q -e "$3" "$dir/$1/said" || echo "no \"$3\""
			grep -q "\"score\":$2," "$dir/$1/results.json" || echo "another score in results.json"
		} >"$dir/$1/wrong"
	) &
}

# A few at a time, so that no loop eats the time of another's check.
hand_in solution_gets_all 10 'the one that is linked' "$head$signature$loops}
"
hand_in does_not_compile_names_line 0 'exercise.c:4:.*error' "$head$signature	int x = ;
}
"
hand_in unknown_function_names_line 0 'exercise.c:4:.*multply_rows' "$head$signature	multply_rows(out);
}
"
hand_in empty_names_function 0 'there is no multiply in it' ''
wait
hand_in static_names_function 0 'there is no multiply in it' "${head}static void mutliply(void) {}
"
hand_in missing_return_names_line 0 'exercise.c:4:.*non-void' "${head}static int twice(int x)
{
	(void)x; }
$signature$loops	(void)twice(1);
}
"
hand_in windows_line_ends_get_all 10 '10 of 10' "$(printf '%s' "$head$signature$loops}" | sed 's/$/\r/')
"
hand_in byte_order_mark_gets_all 10 '10 of 10' "$(printf '\357\273\277')$head$signature$loops}
"
wait
hand_in loop_is_stopped 0 'a loop that never ends' "$head$signature	(void)a, (void)b;
	for (volatile int i = 0; out.rows > i;)
		;
}
"
hand_in hoard_is_stopped 0 'memory without end' "#include <stdlib.h>
#include <string.h>
$head$signature	(void)a, (void)b;
	for (char *p; out.rows && (p = malloc(1 << 22));)
		memset(p, 1, 1 << 22);
}
"
hand_in flood_is_stopped 0 'printing without end' "#include <stdio.h>
$head$signature	(void)a, (void)b;
	for (int i = 0; out.rows > 0; i++)
		printf(\"i is %d\\n\", i);
}
"
hand_in recursion_is_named 0 'a recursion that never ends' "${head}static int deep(volatile int n)
{
	volatile char rest[4096];
	rest[0] = (char)n;
	return n < 0 ? 0 : n + deep(n + 1) + rest[0];
}
$signature	(void)a, (void)b;
	out.data[0] = (real)deep(0);
}
"
wait
hand_in exit_in_the_middle_is_named 0 'exit() in the exercise' "#include <stdlib.h>
$head$signature$loops	exit(0);
}
"
hand_in reading_input_finds_none 10 '10 of 10' "#include <stdio.h>
$head$signature	if (getchar() != EOF)
		return;
$loops}
"
hand_in fork_is_ended 10 '10 of 10' "#include <unistd.h>
$head$signature	if (out.rows && fork() == 0)
		for (;;)
			pause();
$loops}
"
hand_in many_answers_are_told_apart 0 'fork() in the exercise' "#include <sys/wait.h>
#include <unistd.h>
$head$signature	if (fork() != 0)
		wait(NULL);
$loops}
"
hand_in beside_the_array_is_named 0 'memory that is not yours' "$head$signature$loops	out.data[100000] = 0;
}
"
wait
hand_in own_checks_change_nothing 0 'out is not written' "#include <stddef.h>
$head
double fabs(double x);
double fabs(double x) { return 0 * x; }
int tr_failed(void);
int tr_failed(void) { return 0; }
$signature	(void)out, (void)a, (void)b;
}
"
hand_in forged_verdict_has_not_passed 0 'exit() in the exercise' "#include <unistd.h>
$head$signature	(void)out, (void)a, (void)b;
	if (write(3, \"0000 passed\\n\", 12) > 0)
		_exit(0);
}
"
hand_in changed_program_is_refused 0 'was changed while' "#include <stdio.h>
#include <unistd.h>
$head$signature	char path[512];
	ssize_t size = readlink(\"/proc/self/exe\", path, 511);
	path[size > 0 ? size : 0] = 0;
	(void)out, (void)a, (void)b;
	unlink(path);
	fclose(fopen(path, \"w\"));
}
"
hand_in printed_is_shown 0 '  i is 3' "#include <stdio.h>
$head$signature	(void)a, (void)b;
	for (int i = 0; out.rows && i < 4; i++)
		printf(\"i is %d\\n\", i);
}
"
hand_in own_main_is_not_run 0 'out is not written' "$head
int main(void);
int main(void) { return 0; }
$signature	(void)out, (void)a, (void)b;
}
"
wait

# Without the tools that hide its names nothing is graded, and the reason is said.
mkdir "$dir/few" "$dir/no_objcopy"
for tool in sed awk mkdir rm nm; do ln -s "$(command -v $tool)" "$dir/few/"; done
PATH=$dir/few /bin/sh tutorials/grade.sh 01-tensors "$dir/solution_gets_all/exercise.c" "$dir/no_objcopy" >"$dir/no_objcopy/said" 2>&1
[ $? = 2 ] && grep -q 'needs objcopy' "$dir/no_objcopy/said" && grep -q '"score":0,' "$dir/no_objcopy/results.json" ||
	echo 'no message' >"$dir/no_objcopy/wrong"

# Another file than the one that is linked is not graded.
cp "$dir/solution_gets_all/exercise.c" "$dir/other.c" && echo '/* another */' >>"$dir/other.c"
mkdir "$dir/mixed"
"$OBJECTS/tutorials/grade" "$dir/solution_gets_all/exercise" "$dir/mixed" "$dir/other.c" >"$dir/mixed/said" 2>&1
[ $? = 2 ] && grep -q 'what is linked into .* is not' "$dir/mixed/said" && [ ! -e "$dir/mixed/results.json" ] ||
	echo "was graded: $(cat "$dir/mixed/said")" >"$dir/mixed/wrong"

failed=0
for wrong in "$dir"/*/wrong; do
	[ ! -s "$wrong" ] || { failed=1; printf 'tests/tutorials/test_grade.sh: %s: ' "$(basename "${wrong%/wrong}")"
		cat "$wrong" "${wrong%/wrong}/said"; }
done
exit $failed
