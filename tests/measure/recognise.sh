#!/bin/sh
# Has a recogniser listen to the embedded corpus: what share of the words does pocketsphinx follow, whose acoustic
# model learnt from people, and which knows of the corpus only its words? Any of them may follow any other: no
# sentence helps. Skipped with a message where pocketsphinx or its English model is not there.
# usage: EMOTIONNET=build/emotionnet tests/measure/recognise.sh [UTTERANCES [SEED]]
set -u
program=${EMOTIONNET:-build/emotionnet}
model=${SPHINX_MODEL:-/usr/share/pocketsphinx/model/en-us}
utterances=${1:-120} seed=${2:-1}
least=0.55 # of the words of utterances whose sound is not spoilt on purpose
command -v pocketsphinx_batch >/dev/null || {
	echo 'recognise: skipped, pocketsphinx_batch is not there (Debian: pocketsphinx, pocketsphinx-en-us)'
	exit 0
}
[ -d "$model/en-us" ] && [ -f "$model/cmudict-en-us.dict" ] || {
	echo "recognise: skipped, $model has no English model (Debian: pocketsphinx-en-us; or set SPHINX_MODEL)"
	exit 0
}
work=$(mktemp -d /tmp/emotionnet-recognise-XXXXXX)
trap 'rm -rf "$work"' EXIT

"$program" stage --out "$work/stage" --train "$utterances" --validation 0 --test 0 --seed "$seed" \
	>/dev/null 2>"$work/log" || { cat "$work/log"; exit 1; }

# id, kind and words of each utterance. The text is the fifth field, with quotes where it has commas.
awk -F, 'NR > 1 {
	text = $5
	for (i = 6; text ~ /^"/ && text !~ /"$/; i++) text = text "," $i
	text = tolower(text)
	gsub(/[^a-z'\'' ]/, "", text)
	print $1, $NF, text
}' "$work/stage/corpus.csv" >"$work/said"

# The words, with the pronunciations of the dictionary, and any sequence of them as grammar.
awk 'FNR == NR { for (i = 3; i <= NF; i++) said[$i] = 1; next }
	{ word = $1; sub(/\([0-9]+\)$/, "", word); if (word in said) print }' \
	"$work/said" "$model/cmudict-en-us.dict" >"$work/words.dict"
awk 'BEGIN { print "#JSGF V1.0;\ngrammar words;" }
	$1 !~ /\(/ { words = words (words ? " | " : "") $1 }
	END { print "public <utterance> = ( " words " )+ ;" }' "$work/words.dict" >"$work/words.gram"
cut -d' ' -f1 "$work/said" >"$work/ids"

pocketsphinx_batch -adcin yes -adchdr 44 -cepdir "$work/stage" -cepext .wav -ctl "$work/ids" -hmm "$model/en-us" \
	-dict "$work/words.dict" -jsgf "$work/words.gram" -wip 0.01 -hyp "$work/heard" >"$work/log" 2>&1 ||
	{ tail "$work/log"; exit 1; }

# Of each utterance the words that stand in both, on the path of fewest changes (Levenshtein 1966); and how many
# changes there are in all, which counts what was heard and never said.
awk -v least=$least -v seed="$seed" '
	FNR == NR { # heard: the words, then (id score)
		id = ""
		for (i = 1; i <= NF && !id; i++)
			if ($i ~ /^\(/) { id = substr($i, 2); sub(/\)$/, "", id) } else words[i] = $i
		count[id] = i - 2
		for (j = 1; j < i - 1; j++) heard[id, j] = words[j]
		next
	}
	{
		n = NF - 2; m = count[$1] + 0
		for (i = 0; i <= n; i++)
			for (j = 0; j <= m; j++) {
				if (!i) { cost[i, j] = j; same[i, j] = 0; continue }
				best = cost[i - 1, j] + 1; hits = same[i - 1, j]
				if (j) {
					equal = $(i + 2) == heard[$1, j]
					c = cost[i - 1, j - 1] + !equal; h = same[i - 1, j - 1] + equal
					if (c < best || (c == best && h > hits)) { best = c; hits = h }
					c = cost[i, j - 1] + 1; h = same[i, j - 1]
					if (c < best || (c == best && h > hits)) { best = c; hits = h }
				}
				cost[i, j] = best; same[i, j] = hits
			}
		said[$2] += n; followed[$2] += same[n, m]; changes[$2] += cost[n, m]
	}
	END {
		for (kind in said) {
			printf("  %-8s %4d words, followed %.3f, changes %.3f\n", kind, said[kind],
				followed[kind] / said[kind], changes[kind] / said[kind]) | "sort"
			if (kind != "noise") { all += said[kind]; right += followed[kind]; wrong += changes[kind] }
		}
		close("sort")
		if (!all) { print "recognise: nothing was said"; exit 1 }
		printf("seed %s, all but noise: %d words, followed %.3f, changes %.3f; at least %.2f asked: %s\n", seed, all,
			right / all, wrong / all, least, right / all >= least ? "reached" : "MISSED")
		exit right / all < least
	}' "$work/heard" "$work/said"
