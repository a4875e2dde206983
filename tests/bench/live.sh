#!/bin/sh
# What listening costs on one core: the time computed for a second of sound, how long after the block that completes
# it an answer is there, and the memory of a minute and of an hour.
# usage: EMOTIONNET=build/emotionnet MINUTES=60 SECONDS_PACED=60 tests/bench/live.sh [MODEL]
# Without MODEL one of the size that train --streaming has by itself is trained on a little of the embedded corpus: what
# it has learnt changes no time. On a machine that does other work run it as: nice -n -15 make bench-live.
set -u
program=$(realpath "${EMOTIONNET:-build/emotionnet}")
folder=$(mktemp -d /tmp/emotionnet-bench-live-XXXXXX)
trap 'rm -rf "$folder"' EXIT
one=
command -v taskset >/dev/null && one='taskset -c 0'

"$program" stage --out "$folder/stage" --train 60 --validation 12 --test 24 >/dev/null || exit 1
model=${1:-$folder/model}
if [ $# -eq 0 ]; then
	"$program" train "$folder/stage/corpus.csv" --streaming --modalities speech --epochs 1 --quiet --out "$model" || exit 1
fi

# A minute of clips with a second of silence between: plain samples at 16 kHz.
head -c 32000 /dev/zero >"$folder/second"
for clip in "$folder"/stage/*.wav; do
	data=$(LC_ALL=C grep -abo data "$clip" | head -n 1 | cut -d : -f 1)
	tail -c +$((data + 9)) "$clip"
	cat "$folder/second"
done | head -c 1920000 >"$folder/minute"

listen() { $one "$program" listen "$model" --i-am-the-speaker --quiet "$@" 2>/dev/null | tail -n 1; }
field() { sed -n "s/.*\"$1\":\\([^,}]*\\).*/\\1/p"; }
numbers() { sed "s/.*\"$1\":{\\([^}]*\\)}.*/\\1/; s/\"[a-z0-9]*\"://g; s/,/ /g" "$2"; } # of an object in it
minutes() { # N: that many of them
	i=0
	while [ $i -lt "$1" ]; do
		cat "$folder/minute"
		i=$((i + 1))
	done
}

: "${MINUTES:=60}" "${SECONDS_PACED:=60}"
minutes 1 | listen >"$folder/short"
minutes "$MINUTES" | listen >"$folder/long"
head -c $((32000 * SECONDS_PACED)) "$folder/minute" | listen --pace >"$folder/paced"

printf 'sound          real-time factor   computed for an answer, ms (p50 p95 p99)   memory, MiB   dropped\n'
for run in short long; do
	awk -v s="$(field seconds <"$folder/$run")" -v r="$(field real_time_factor <"$folder/$run")" \
		-v c="$(numbers computed_ms "$folder/$run")" \
		-v m="$(field memory_mib <"$folder/$run")" -v d="$(field dropped <"$folder/$run")" \
		'BEGIN { split(c, p, " "); printf "%6.1f min %20.5f %18.3f %8.3f %8.3f %20.1f %9d\n", s / 60, r, p[1], p[2], p[3], m, d }'
done
printf '\nAt the speed of sound, blocks of 20 ms, %s s: ms after the block that completes an answer (p50 p95 p99 most):\n' "$SECONDS_PACED"
numbers after_block_ms "$folder/paced" | sed 's/^/    /'
