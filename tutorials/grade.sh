#!/bin/sh
# Grades one exercise.c: zero first, then looked at, compiled, linked with the chapter's
# worker.c, checked.
# usage: tutorials/grade.sh CHAPTER FILE [FOLDER]; after make MODE=sanitize
# exercise-build. CHAPTER is a folder of tutorials/, or any with an exercise.h, checks.c
# and worker.c. FOLDER (build/exercises/CHAPTER) gets results.txt and results.json.
# Status: see grader/grade.c.
#
# A copy of FILE is compiled in a folder of its own, with limits on time, memory and
# output. Of its object file only the functions that exercise.h declares can be seen, and
# it may call only what grader/allowed.txt and exercise.h name, so that what is graded is
# the student's own. It runs in a process that holds no expected answer (grader/worker.h).
chapter=$1 file=$2 folder=${3:-build/exercises/$1}
objects=${OBJECTS:?is set by make exercise}
place=tutorials/$chapter
[ -d "$place" ] || place=$chapter
how=$objects/$place/compile grade=$objects/$place/grade limited=$objects/tutorials/grader/limited
# These warnings are always mistakes, and their messages stand on the student's line.
strict='-Werror=return-type -Werror=implicit-function-declaration -Werror=int-conversion
	-Werror=incompatible-pointer-types'
seconds=10 megabytes=2000 largest=200000 grown=8000000

[ -x "$grade" ] || { echo "grade.sh: there are no checks in $place, or they are not built" >&2; exit 2; }
case $limited in /*) ;; *) limited=$PWD/$limited ;; esac
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && trap 'exit 2' HUP INT TERM &&
	chmod 711 "$work" && mkdir "$work/worker.empty" && ln -s "$PWD" "$work/top" || exit 2

# refuse MESSAGE [FILE]: no points, and why; the file is what the compiler said.
refuse() {
	{
		printf '%s\n' "$1"
		[ -z "${2-}" ] || cat "$2"
	} | "$grade" --refuse "$folder" || exit 2
	cat "$folder/results.txt"
	exit 1
}

# compile ARGUMENT...: in the folder of its own, so that messages name exercise.c and no
# more.
compile() {
	# shellcheck disable=SC2086
	(cd "$work" && "$limited" $seconds $megabytes $student "$@") 2>"$work/told"
	status=$?
	LC_ALL=C sed -n '1,30s,\([ "]\)top/,\1,g;1,30p' "$work/told" | LC_ALL=C cut -c 1-300 >"$folder/compiler.txt"
	return $status
}

# does_not_compile: what the compiler said, if it came to its end.
does_not_compile() {
	[ $status != 124 ] || refuse "It does not compile: after $seconds s the compiler is not done."
	refuse 'It does not compile:' "$folder/compiler.txt"
}

mkdir -p "$folder" && rm -f "$folder"/printed-*.txt && : >"$folder/compiler.txt" || exit 2
echo 'The checks did not come to their end.' | "$grade" --refuse "$folder" || exit 2
[ -f "$file" ] && [ -r "$file" ] || refuse "$file: there is no such file."
[ "$(wc -c <"$file")" -le $largest ] || refuse "$file: this is larger than $largest bytes, and no exercise."
cat "$file" >"$work/exercise.c" || exit 2
student=$(sed -n '1s/-I\. /-Itop /p' "$how")

# --- what it is made of ------------------------------------------------------------------------
why=$(LC_ALL=C awk -f tutorials/grader/directives.awk "$work/exercise.c")
[ -z "$why" ] || refuse "$why"
compile -E -Wpedantic exercise.c -o preprocessed
LC_ALL=C grep -q 'style of line directive' "$work/told" &&
	refuse 'It contains a # with a line number, which an exercise does not need.'
: >>"$work/preprocessed"
why=$(head -c $grown "$work/preprocessed" | LC_ALL=C awk -v own="$place" -f tutorials/grader/inspect.awk)
[ -z "$why" ] || refuse "$why"
[ "$(wc -c <"$work/preprocessed")" -lt $grown ] ||
	refuse 'It does not compile: with all that it includes it grows without end.'
[ $status = 0 ] || does_not_compile
compile $strict -c exercise.c -o exercise.o || does_not_compile
cat "$folder/compiler.txt" >&2

# --- what it offers and what it takes
# ---------------------------------------------------------- What exercise.h declares:
# void multiply(real *out, ...
visible=
for function in $(sed -n 's/^[A-Za-z][A-Za-z_0-9 ]*[ *]\([a-z_0-9]*\)(.*/\1/p' "$place/exercise.h"); do
	visible="$visible -G $function"
	nm "$work/exercise.o" | grep -q " [TW] _\{0,1\}$function\$" ||
		refuse "It compiles, but there is no $function in it: $place/exercise.h declares it."
done
may_call=$(awk '/may call:/ { sub(/.*may call:/, ""); on = 1 }
	on { last = sub(/\*\/.*/, ""); gsub(/[^A-Za-z0-9_]+/, " "); $1 = $1; printf "%s%s", between, $0; between = " " }
	last { exit }' "$place/exercise.h")
used=$(nm -u "$work/exercise.o" | awk -v more="$may_call" -f tutorials/grader/uses.awk tutorials/grader/allowed.txt -)
[ -z "$used" ] || refuse "It uses $used, which is neither in it nor among what an exercise may call. Write it yourself: what
may be called is math.h, string.h, printf, malloc, free${may_call:+ and $may_call}."
nm "$work/exercise.o" | grep -q ' i ' && refuse 'It contains a function that is chosen when the program starts (ifunc).'
if command -v objcopy >/dev/null; then
	# shellcheck disable=SC2086
	objcopy $visible "$work/exercise.o" || exit 2
elif [ "$(uname)" = Linux ]; then
	echo 'make exercise needs objcopy, to hide what the exercise names beside its functions: apt-get install binutils' >&2
	exit 2
fi
# shellcheck disable=SC2046
(cd "$work/top" && "$limited" 60 0 $student "$work/exercise.o" $(sed -n 2p "$how") -o "$work/worker") 2>"$folder/compiler.txt" ||
	refuse 'It compiles, but cannot be linked with the checks:' "$folder/compiler.txt"
echo "$file"
"$grade" "$work/worker" "$folder" "$work/exercise.c"
