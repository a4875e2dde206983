#!/bin/sh
# Holds every fusion strategy to what theory says of it on the embedded corpus: early fusion on stress; those that
# multiply on irony; a late one on agree, words and voice; the gated one on noise. Each must come within 8 points of
# its ceiling, which is 1 for whoever has text and speech, and stand clearly above those that cannot. Prints accuracy by
# kind, mean and deviation over the seeds. Finished cells are kept: after Ctrl-C the same command goes on.
# usage: EMOTIONNET=build/emotionnet SEEDS=5 tests/measure/orderings.sh OPTIONS OF COMPARE...    CELL=1/4: only that share of the cells
set -u
program=${EMOTIONNET:-build/emotionnet}
seeds=${SEEDS:-5}
work=build/orderings
mkdir -p $work
if [ -n "${CELL:-}" ]; then
	exec "$program" compare --plain --quiet --seeds "$seeds" "$@" --cell "$CELL" --results "$work/share-${CELL%/*}.jsonl"
fi
shares=$(ls $work/share-*.jsonl 2>/dev/null)
if [ -n "$shares" ]; then
	"$program" compare --merge --plain --json $shares >$work/all.json || exit 1
else
	"$program" compare --plain --quiet --seeds "$seeds" "$@" --results $work/all.jsonl --json >$work/all.json || exit 1
fi

# STRATEGY KIND MEAN DEVIATION, a line each.
grep '^ *{"strategy"\|^{"strategy"' $work/all.json | awk '{
	match($0, /"strategy":"[^"]*"/); name = substr($0, RSTART + 12, RLENGTH - 13); gsub(/ /, "-", name)
	match($0, /"kinds":[{].*"conditions"/); rest = substr($0, RSTART + 9, RLENGTH - 9)
	while (match(rest, /"[a-z]*":[{]"accuracy":[0-9.e-]*,"deviation":[0-9.e-]*/)) {
		one = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
		gsub(/["{}]/, "", one); gsub(/:accuracy:|,deviation:/, " ", one); print name, one
	}
}' >$work/kinds
awk '{ if (!($1 in seen)) { seen[$1] = ++n; names[n] = $1 } of[$1, $2] = sprintf("%.3f ± %.3f", $3, $4) }
	END {
		kinds = split("agree words voice irony stress noise", kind, " ")
		printf "| strategy |"; for (k = 1; k <= kinds; k++) printf " %s |", kind[k]; print ""
		for (i = 1; i <= n; i++) {
			printf "| %s |", names[i]
			for (k = 1; k <= kinds; k++) printf " %s |", of[names[i], kind[k]]
			print ""
		}
	}' $work/kinds

. "$(dirname "$0")/floors.sh"
# of KIND STRATEGIES: their mean accuracies, the lowest first.
of() { awk -v kind="$1" -v list=" $2 " '$2 == kind && index(list, " " $1 " ") { print $3 }' $work/kinds | sort -n; }
# above KIND HOW-MUCH THOSE-THAT-CAN THOSE-THAT-CANNOT: the worst of the first over the best of the second.
above() {
	can=$(of "$1" "$3" | head -1) cannot=$(of "$1" "$4" | tail -1)
	floor "$1: those that can ($3) over the best that cannot" "$(awk "BEGIN { print ${can:-0} - ${cannot:-0} }")" "$2"
}
late='late weighted product stacking'
multiply='tensor low-rank bilinear gated film'
floor 'stress, early' "$(of stress early)" 0.92
for strategy in $multiply; do floor "irony, $strategy" "$(of irony $strategy)" 0.92; done
for kind in agree words voice; do floor "$kind, the best late one" "$(of $kind "$late" | tail -1)" 0.92; done
floor 'noise, gated' "$(of noise gated)" 0.92
above stress 0.1 'early' "$late $multiply middle cross alignment"
above irony 0.1 "$multiply" "$late early"
above words 0.1 'late' 'speech-only'
above voice 0.1 'late' 'text-only'
above noise 0.1 'gated' 'text-only speech-only'
echo "orderings: $missed missed"
[ $missed = 0 ]
