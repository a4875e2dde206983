#!/bin/sh
# Grades one exercise.c: zero first, then compiled, linked with the chapter's checks, checked.
# usage: tutorials/grade.sh CHAPTER FILE [FOLDER]; after make MODE=sanitize exercise-build.
# FOLDER (build/exercises/CHAPTER) gets results.txt and results.json. Status: see grade.c.
#
# That FILE is what is graded, and no other: its hash is compiled into its object file, and the grader
# compares what the linked program says with what it reads itself (grade.c). Of that object file
# only the functions that exercise.h declares can be seen: it can replace nothing of the checks, the
# library or libc, and a function that it lacks does not come from elsewhere.
chapter=$1 file=$2 folder=${3:-build/exercises/$1}
objects=${OBJECTS:?is set by make exercise}
how=$objects/tutorials/$chapter/compile
compile=$(sed -n 1p "$how") grade=$objects/tutorials/grade
# These warnings are always mistakes, and their messages stand on the student's line.
strict='-Werror=return-type -Werror=implicit-function-declaration -Werror=int-conversion
	-Werror=incompatible-pointer-types'

zero() { # message
	printf '%s\n0 points.\n' "$1" >"$folder/results.txt"
	printf '%s' "$1" | awk 'BEGIN { printf "{\"score\":0,\"output\":\"" }
		{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); gsub(/[[:cntrl:]]/, "")
		  printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }
		END { printf "\",\"tests\":[]}\n" }' >"$folder/results.json"
}

refuse() { # message, with what the compiler said
	zero "$1
$(head -30 "$folder/compiler.txt")"
	cat "$folder/results.txt"
	exit 1
}

# What the chapter's exercise.h declares: void multiply(Matrix out, ...
functions() { sed -n 's/^[A-Za-z][A-Za-z_0-9 ]*[ *]\([a-z_0-9]*\)(.*/\1/p' "tutorials/$chapter/exercise.h"; }

mkdir -p "$folder" && rm -f "$folder"/printed-*.txt "$folder/exercise" "$folder/exercise.o" || exit 2
: >"$folder/compiler.txt"
zero "The checks did not come to their end."
for tool in nm objcopy; do
	command -v $tool >/dev/null || {
		echo "make exercise needs $tool, to hide what the exercise names beside its functions: apt-get install binutils" >&2
		exit 2
	}
done
[ -f "$file" ] && [ -r "$file" ] || refuse "$file: there is no such file."

printf 'extern const char exercise_hash[];\nconst char exercise_hash[] = "%s";\n' \
	"$("$grade" --hash "$file")" >"$folder/hash.h" || exit 2
# shellcheck disable=SC2086
$compile $strict -include "$folder/hash.h" -c "$file" -o "$folder/exercise.o" 2>"$folder/compiler.txt" ||
	refuse "It does not compile:"
cat "$folder/compiler.txt" >&2
visible='-G exercise_hash'
for function in $(functions); do
	visible="$visible -G $function"
	nm "$folder/exercise.o" | grep -q " [TW] $function\$" ||
		refuse "It compiles, but there is no $function in it: tutorials/$chapter/exercise.h declares it."
done
# shellcheck disable=SC2086
objcopy $visible "$folder/exercise.o" || exit 2
# shellcheck disable=SC2046
$compile "$folder/exercise.o" "$objects/tutorials/$chapter/checks.o" \
	$(sed -n 2p "$how") -o "$folder/exercise" 2>"$folder/compiler.txt" ||
	refuse "It compiles, but cannot be linked with the checks:"
exec "$grade" "$folder/exercise" "$folder" "$file"
