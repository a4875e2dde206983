#!/bin/sh
# What a browser's machine costs: seconds of processor time of each chapter's program, native and as WebAssembly under
# node, in alternating rounds. Prints a table of the least native time, and of how many times as long the others take
# (least against least; in brackets the lowest and the highest ratio of a round).
# usage: tests/bench/web.sh NATIVE WASM CHAPTER...       (ROUNDS=3; KINDS="made relaxed")
native=$1 wasm=$2 top=$(pwd)
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
flag=--experimental-wasm-relaxed-simd
node $flag -e 0 2>/dev/null || flag=

# seconds COMMAND...: of the processor, in the program and in the system for it.
seconds() {
	(cd "$folder" && LESSON_ASK=0 "$@" </dev/null >said 2>&1 || echo "failed: $*" >&2; times) |
		awk 'NR == 2 { gsub("s", ""); split($1, user, "m"); split($2, kernel, "m")
			print 60 * (user[1] + kernel[1]) + user[2] + kernel[2] }'
}
run() { seconds node --no-warnings $flag "$top/tests/tutorials/web_node.mjs" "$1"; }

kinds=${KINDS:-made relaxed}
printf '| chapter | native, s |'; printf ' %s |' $kinds; echo
printf '|---|---|'; printf -- '---|%.0s' $kinds; echo
for chapter; do
	: >"$folder/times"
	for round in $(seq "${ROUNDS:-3}"); do
		row=$(seconds "$top/$native/$chapter/chapter")
		for kind in $kinds; do
			case $kind in made) program=$wasm/$chapter.wasm ;; *) program=$wasm/$kind/$chapter.wasm ;; esac
			row="$row $(run "$top/$program")"
		done
		echo "$row" >>"$folder/times"
	done
	awk -v chapter="$chapter" '
		{ for (i = 1; i <= NF; i++) {
			if (NR == 1 || $i < least[i]) least[i] = $i
			ratio = $i / $1
			if (NR == 1 || ratio < low[i]) low[i] = ratio
			if (NR == 1 || ratio > high[i]) high[i] = ratio
		} }
		END {
			printf "| %s | %.2f |", substr(chapter, 1, 2), least[1]
			for (i = 2; i <= NF; i++)
				printf " %.1f (%.1f to %.1f) |", least[i] / least[1], low[i], high[i]
			print ""
		}' "$folder/times"
done
