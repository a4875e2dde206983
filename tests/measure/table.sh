#!/bin/sh
# The results of make language as one Markdown table a corpus: a row for each strategy of each file, a column for each size, mean
# and deviation over the draws. What is not finished is a dash, or says how many draws there are.
# usage: [EMOTIONNET=build/emotionnet] tests/measure/table.sh [CORPUS [SCORE]]   e.g. meld weighted-f1; of curve --markdown's scores
set -u
program=${EMOTIONNET:-build/emotionnet}
work=${WORK:-build/measure/language}
score=${2:-weighted-f1}

# One file's table, its rows named after it: "text only, cnn", "probe, minilm".
rows() {
	file=${1##*/}
	of=$(basename "${file%.jsonl}" | sed "s/^$corpus-//")
	model=$(head -n 1 "$1" | sed -n 's/.*--language-model \([^\\]*\)\\.*/\1/p')
	model=$(basename "${model:-none}" | sed 's/[-.].*//')
	"$program" curve --merge "$1" --markdown "$score" 2>/dev/null |
		sed "s/^| \(.* only\) |/| \1, $of |/; s/^| \(zero-shot[^|]*\|one-shot\|five-shot\|probe\|tuned[^|]*\) |/| \1, $model |/"
}

for corpus in ${1:-meld dair emorynlp emodb}; do
	set -- "$work/$corpus"-*.jsonl
	[ -e "$1" ] || continue
	for one; do rows "$one"; done | awk -F ' *[|] *' -v corpus="$corpus" -v score="$score" '
		NF < 3 || $2 ~ /^---/ { next }
		$2 ~ /^(accuracy|uar|macro_f1|weighted_f1)$/ { for (i = 3; i < NF; i++) size[i] = $i; next }
		$2 ~ / only, (asked|tuned)$/ { next } # few epochs: it is not what the file is for
		!($2 in known) { known[$2] = ++count; name[count] = $2 }
		{ for (i = 3; i < NF; i++) {
			if ($i != "-") told[$2]
			if ($i != "-" && !((size[i], $2) in cell)) cell[size[i], $2] = $i
			if (!(size[i] in column)) { column[size[i]]; sizes++ } } }
		END {
			for (s in column) order[++n] = s + 0
			for (i = 1; i <= n; i++) for (k = i + 1; k <= n; k++) if (order[k] < order[i]) { t = order[i]; order[i] = order[k]; order[k] = t }
			printf "\n| %s, %s |", corpus, score
			for (i = 1; i <= n; i++) printf " %d |", order[i]
			printf "\n|---|"
			for (i = 1; i <= n; i++) printf "---|"
			for (r = 1; r <= count; r++) {
				if (!(name[r] in told)) continue
				printf "\n| %s |", name[r]
				for (i = 1; i <= n; i++) printf " %s |", (order[i], name[r]) in cell ? cell[order[i], name[r]] : "-"
			}
			print ""
		}'
	# A prompt is asked once, whatever the number of draws.
	for one; do grep -o '"cpu_seconds":[^,}]*' "$one" | sort -u; done | awk -F : '
		{ seconds += $2 } END { printf "\nLearning and asking: %.1f hours of one processor.\n", seconds / 3600 }'
done
