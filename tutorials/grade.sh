#!/bin/sh
# Grades one exercise.c: zero first, then compiled, linked with the chapter's checks, checked.
# usage: tutorials/grade.sh CHAPTER FILE [FOLDER]; after make MODE=sanitize exercise-build.
# FOLDER (build/exercises/CHAPTER) gets results.txt and results.json. Status: see grade.c.
chapter=$1 file=$2 folder=${3:-build/exercises/$1}
objects=${OBJECTS:?is set by make exercise}

zero() { # message
	printf '%s\n0 points.\n' "$1" >"$folder/results.txt"
	printf '%s' "$1" | awk 'BEGIN { printf "{\"score\":0,\"output\":\"" }
		{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); gsub(/[[:cntrl:]]/, "")
		  printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }
		END { printf "\",\"tests\":[]}\n" }' >"$folder/results.json"
}

mkdir -p "$folder" && rm -f "$folder"/printed-*.txt "$folder/exercise" || exit 2
zero "The checks did not come to their end."
if [ ! -r "$file" ]; then
	zero "$file: there is no such file."
elif ! $(sed -n 1p "$objects/tutorials/compile") -c "$file" -o "$folder/exercise.o" \
		2>"$folder/compiler.txt"; then
	zero "It does not compile:
$(head -20 "$folder/compiler.txt")"
else
	cat "$folder/compiler.txt" >&2
	# shellcheck disable=SC2046
	if ! $(sed -n 1p "$objects/tutorials/compile") "$folder/exercise.o" \
			"$objects/tutorials/$chapter/checks.o" $(sed -n 2p "$objects/tutorials/compile") \
			-o "$folder/exercise" 2>"$folder/compiler.txt"; then
		zero "It compiles, but cannot be linked with the checks:
$(head -20 "$folder/compiler.txt")"
	else
		printf '%s (sum %s)\n' "$file" "$(cksum <"$file" | cut -d' ' -f1)"
		"$objects/tutorials/grade" "$folder/exercise" "$folder"
		exit $?
	fi
fi
cat "$folder/results.txt"
exit 1
