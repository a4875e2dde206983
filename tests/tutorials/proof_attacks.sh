#!/bin/sh
# What attacks the grader gets the points it has earned and no more, and never hangs it: each
# section of attacks/*.txt is an exercise.c, graded as a student's is, all side by side.
# Skipped but under MODE=sanitize, where the grader is at home.
#        proof_attacks.sh --one FOLDER     (for itself)
cd "$(dirname "$0")/../.." || exit 2
export OBJECTS="${EMOTIONNET%/bin/emotionnet}"
exercise=tests/tutorials/exercise
[ -x "$OBJECTS/$exercise/grade" ] ||
	{ echo 'skipped: the grader is not built (make test MODE=sanitize builds it)'; exit 0; }

# An attack is a folder with exercise.c and a file how: open or shut, points, what must be said.
one() { # folder
	read -r kind points said <"$1/how"
	echo kept >"$1/precious"
	export EXERCISE_SECONDS=20
	case $said in *'never ends'*) EXERCISE_SECONDS=1 ;; esac
	tree=.
	[ "$kind" = shut ] || tree=${1%/*}/open
	(cd "$tree" && tutorials/grade.sh $exercise "$1/exercise.c" "$1" >"$1/said" 2>&1)
	status=$?
	[ $status = $((points < 10)) ] || echo "status $status"
	grep -q "^{\"score\":$points," "$1/results.json" || echo "not $points points"
	[ "$said" = 'no points at all' ] || grep -q -e "$said" "$1/said" || echo "no \"$said\""
	[ "$(cat "$1/precious")" = kept ] || echo 'a file was changed'
	[ "$(cat "$1"/results.* "$1/said" | LC_ALL=C tr -d '\011\012\040-\176\200-\377' | wc -c)" = 0 ] ||
		echo 'control characters'
	[ "$(cat "$1/compiler.txt" | wc -c)" -lt 20000 ] || echo 'too much said by the compiler'
	! command -v iconv >/dev/null || iconv -f UTF-8 -t UTF-8 "$1/results.json" >/dev/null 2>&1 || echo 'no UTF-8'
}
if [ "$1" = --one ]; then
	one "$2" >"$2/wrong"
	exit 0
fi

dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT && chmod 711 "$dir" || exit 2

# The same tree, but that everything may be called there: what is in the way then is where the
# code runs, not what it names.
mkdir -p "$dir/open/$exercise"
for entry in *; do [ "$entry" = tests ] || ln -s "$PWD/$entry" "$dir/open/$entry"; done
names='fork vfork setsid sleep pause kill raise signal sysv_signal sigaction execl execve system popen fopen fclose fgetc fputs
	socket unlink rename truncate chmod symlink open close read write pread dup2 getpid getppid getenv ptrace
	syscall atexit pthread_create mmap __sigsetjmp siglongjmp _exit'
sed "s,may call:,& $(echo $names)," $exercise/exercise.h >"$dir/open/$exercise/exercise.h"
case $OBJECTS in /*) ;; *) OBJECTS=$PWD/$OBJECTS ;; esac

awk -v dir="$dir" 'FNR == 1 { out = "" }
/^== / {
	split(substr($0, 4), part, / \| /)
	folder = dir "/" part[1]
	system("mkdir " folder)
	print part[2], part[3], part[4] >(folder "/how")
	close(folder "/how")
	out = folder "/attack.c"
	next
}
out { print >out }' tests/tutorials/attacks/*.txt

count=0
for how in "$dir"/*/how; do
	folder=${how%/how} count=$((count + 1))
	{
		printf '#include "%s/exercise.h"\n#define OUT "%s"\n#define TREE "%s"\n' $exercise "$folder" "$PWD"
		cat "$folder/attack.c"
		# What the attack does not define, from the solution; each function ends with a } at the left.
		for function in line count_above fade; do
			grep -q "^[a-zA-Z].*[ *]$function(" "$folder/attack.c" && continue
			case $function in fade) function='fade(_backward)?' ;; esac
			awk -v head="[ *]$function\\\\(.*\\\\)\$" '$0 ~ "^[a-zA-Z].*" head { on = 1 } on { print } /^}/ { on = 0 }' $exercise/exercise.c
		done
	} >"$folder/exercise.c"
done
printf '%s\n' "$dir"/*/how | sed 's,/how$,,' | xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 1 "$0" --one

sleep 1 # for whoever waits until the grader has gone
failed=0
for folder in "$dir"/*/how; do
	folder=${folder%/how}
	read -r kind points said <"$folder/how"
	grep -q "^{\"score\":$points," "$folder/results.json" || echo 'results.json was changed afterwards' >>"$folder/wrong"
	[ -s "$folder/wrong" ] || continue
	failed=1
	printf 'tests/tutorials/proof_attacks.sh: %s: ' "${folder##*/}"
	cat "$folder/wrong"
	head -20 "$folder/said"
done
echo "attacks: $count"
exit $failed
