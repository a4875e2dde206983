#!/bin/sh
# Our benchmark beside PyTorch's, in alternating rounds, so that whatever else the machine does meets both.
# usage: compare.sh BENCH PEERS ROUNDS "THREADS..." [CASE...]
# PEERS is a script `peers.sh ROUNDS THREADS WHAT` that times the same cases in PyTorch, a line each:
# `maker:case threads median_ms min_ms megabytes ...`, and takes the names of training steps from $CASES.
set -eu
bench=$1 peers=$2 rounds=$3 threads=$4
shift 4
python=${PY:-/usr/bin/python3}

if [ ! -x "$peers" ]; then
	echo "bench-compare: skipped: PEERS='$peers' is no program. Say where it is: make bench-compare PEERS=.../peers.sh"
	exit 0
fi
if ! "$python" -c 'import torch' 2>/dev/null; then
	echo "bench-compare: skipped: $python has no PyTorch (on Debian: apt-get install python3-torch)"
	exit 0
fi

steps='mlp text_lstm text_cnn speech_cnn speech_bilstm emotionnet'
[ $# -gt 0 ] || set -- $steps emotionnet_infer_b1 first_prediction \
	autograd_chain10k_add_n1 autograd_chain10k_mul_n1 \
	autograd_chain10k_add_n16 autograd_chain10k_mul_n16 gemm conv1d

# What peers.sh has to run for these cases.
what='' train=''
for case in "$@"; do
	case $case in
	emotionnet_infer_b1) group=infer ;;
	first_prediction) group=first ;;
	autograd_*) group=autograd ;;
	gemm* | conv1d*) group=gemm ;;
	*) group=train train="$train $case" ;;
	esac
	case " $what " in *" $group "*) ;; *) what="$what $group" ;; esac
done

results=$(mktemp)
trap 'rm -f "$results"' EXIT
for round in $(seq "$rounds"); do
	for t in $threads; do
		pin=''
		[ "$t" = 1 ] && command -v taskset >/dev/null && pin="taskset -c $((round % $(nproc)))"
		$pin "$bench" -t "$t" "$@" >>"$results"
		CASES=$train "$peers" 1 "$t" "$what" >>"$results" 2>/dev/null || true
		echo "round $round of $rounds, $t threads: done" >&2
	done
done

awk -v rounds="$rounds" '
function median(list, n,   i, j, x) {
	for (i = 2; i <= n; i++) {
		x = list[i]
		for (j = i - 1; j > 0 && list[j] > x; j--) list[j + 1] = list[j]
		list[j + 1] = x
	}
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
{
	name = $1; ours = sub(/^emotionnet:/, "", name)
	sub(/^torch:/, "", name); sub(/:ftz$/, "", name)
	sub(/^torch_mm:/, "gemm:", name); sub(/^torch_conv1d:/, "conv1d:", name)
	key = name " " $2
	if (!((key, "seen") in info)) { info[key, "seen"] = 1; order[++keys] = key }
	side = ours ? "ours" : "theirs"
	n = ++count[key, side]
	time[key, side, n] = $3
	if ($5 ~ /^[0-9.]+$/) memory[key, side] = $5
}
END {
	printf "%-36s %7s %11s %11s %7s %15s %7s\n", "case", "threads", "ours ms", "PyTorch ms", "faster", "from .. to", "memory"
	for (k = 1; k <= keys; k++) {
		key = order[k]; n = count[key, "ours"]
		if (count[key, "theirs"] < n) n = count[key, "theirs"]
		if (!n) continue
		for (i = 1; i <= n; i++) {
			a[i] = time[key, "ours", i]; b[i] = time[key, "theirs", i]; r[i] = b[i] / a[i]
		}
		middle = median(r, n)
		split(key, part, " ")
		share = (key, "ours") in memory && (key, "theirs") in memory && part[1] !~ /:/ \
			? sprintf("%.2f", memory[key, "ours"] / memory[key, "theirs"]) : "-"
		printf "%-36s %7s %11.4f %11.4f %6.2fx %6.2f .. %5.2f %7s\n", part[1], part[2], \
			median(a, n), median(b, n), middle, r[1], r[n], share
	}
}' "$results"
