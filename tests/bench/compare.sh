#!/bin/sh
# Our benchmark beside PyTorch's, in alternating rounds, so that whatever else the machine does meets both.
# usage: compare.sh BENCH PEERS ROUNDS "THREADS..." [CASE...]
# PEERS is a script `peers.sh ROUNDS THREADS WHAT` that times the same cases in PyTorch, a line each:
# `maker:case threads median_ms min_ms megabytes ...`, and takes the names of training steps from $CASES.
# Where ORT=DIRECTORY has onnxruntime-node, and ort/ beside PEERS the scripts for it, it predicts too.
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

# The peers choose their own kernels. They also keep what memory they once got: asking the kernel for it
# anew in each step is cheap on some machines and ten times the work itself on others.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_VERBOSE ATEN_CPU_CAPABILITY
peer() {
	env MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 \
		MALLOC_TOP_PAD_=67108864 "$@"
}

# OpenBLAS shares PyTorch's threads only where it is built on OpenMP: peers.sh prefers that one too.
for directory in /usr/lib/*/openblas-openmp; do
	[ -d "$directory" ] && export LD_LIBRARY_PATH="$directory${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
done

# What is measured, and that the peer's products are right on this machine.
echo "machine   $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1), $(nproc) cores"
echo "compiler  $(${CC:-cc} --version | head -n 1)"
OPENBLAS_VERBOSE=2 peer "$python" - 2>&1 <<'END'
import os, random, re, sys, torch
random.seed(0)
sizes, worst = [1, 7, 16, 33, 64, 100, 128, 256, 513], 0.0
for _ in range(200):
    m, k, n = (random.choice(sizes) for _ in range(3))
    a = torch.randn(m, k) if random.random() < 0.5 else torch.randn(k, m).t()
    b = torch.randn(k, n) if random.random() < 0.5 else torch.randn(n, k).t()
    x, y = a.double(), b.double()
    worst = max(worst, float(((a @ b - x @ y).abs() / (x.abs() @ y.abs())).max()))
libraries = {os.path.realpath(line.split()[-1]) for line in open("/proc/self/maps") if "openblas" in line}
names = ", ".join(n for n in sorted(map(os.path.basename, libraries)) if "openblas" in n) or "no OpenBLAS"
cap = re.search(r"capability usage: (\w+)", torch.__config__.show())
print(f"PyTorch   {torch.__version__}, {names} (kernels: see Core), elementwise {cap.group(1) if cap else 'unknown'}; "
      f"largest relative error of 200 products {worst:.1e}")
if worst > 1e-5:
    sys.exit("bench-compare: the peer's products are wrong here: its times would mean nothing")
END
echo

steps='mlp text_lstm text_cnn speech_cnn speech_bilstm emotionnet gpt'
[ $# -gt 0 ] || set -- $steps emotionnet_infer_b1 first_prediction \
	autograd_chain10k_add_n1 autograd_chain10k_mul_n1 \
	autograd_chain10k_add_n16 autograd_chain10k_mul_n16 gemm conv1d audio

# What peers.sh has to run for these cases.
what='' train=''
for case in "$@"; do
	case $case in
	emotionnet_infer_b1) group=infer ;;
	first_prediction) group=first ;;
	autograd_*) group=autograd ;;
	gemm* | conv1d*) group=gemm ;;
	audio | logmel* | mfcc*) group=audio ;;
	*) group=train train="$train $case" ;;
	esac
	case " $what " in *" $group "*) ;; *) what="$what $group" ;; esac
done

results=$(mktemp)
trap 'rm -rf "$results" "$results.ort"' EXIT

# One utterance in onnxruntime, from the model that PyTorch exports.
scripts=$(dirname "$(readlink -f "$peers")")/ort
onnxruntime() {
	[ -d "${ORT:-}/node_modules/onnxruntime-node" ] && command -v node >/dev/null || return 0
	if [ ! -d "$results.ort" ]; then # node looks for its modules beside the script
		mkdir "$results.ort"
		ln -s "$ORT/node_modules" "$results.ort/node_modules"
		cp "$scripts"/*.mjs "$results.ort"
		"$python" "$scripts/export.py" "$results.ort/model.onnx" >/dev/null 2>&1 || return 0
	fi
	case " $what " in *" infer "*) $pin node "$results.ort/infer.mjs" "$results.ort/model.onnx" 1 ;; esac
	case " $what " in *" first "*)
		began=$(date +%s%N)
		$pin node "$results.ort/first.mjs" "$results.ort/model.onnx" >/dev/null || return 0
		took=$((($(date +%s%N) - began) / 1000))
		echo "onnxruntime:first_prediction 1 $((took / 1000)).$(printf %03d $((took % 1000)))"
		;;
	esac
}

for round in $(seq "$rounds"); do
	for t in $threads; do
		pin=''
		[ "$t" = 1 ] && command -v taskset >/dev/null && pin="taskset -c $((round % $(nproc)))"
		$pin "$bench" -t "$t" "$@" >>"$results"
		CASES=$train peer "$peers" 1 "$t" "$what" >>"$results" 2>/dev/null || true
		[ "$t" = 1 ] && onnxruntime >>"$results"
		echo "round $round of $rounds, $t threads: done" >&2
	done
done

awk '
function median(list, n,   i, j, x) {
	for (i = 2; i <= n; i++) {
		x = list[i]
		for (j = i - 1; j > 0 && list[j] > x; j--) list[j + 1] = list[j]
		list[j + 1] = x
	}
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
{
	maker = $1; sub(/:.*/, "", maker)
	name = substr($1, length(maker) + 2); sub(/:ftz$/, "", name)
	if (sub(/^torch_/, "", maker)) name = (maker == "mm" ? "gemm" : maker) ":" name
	if (maker == "mm" || maker == "conv1d" || maker == "torch") maker = "PyTorch"
	key = name " " $2
	n = ++count[key, maker]
	time[key, maker, n] = $3
	if ($5 ~ /^[0-9.]+$/) memory[key, maker] = $5
	if (maker != "emotionnet" && n == 1) row[++rows] = key " " maker
}
END {
	printf "%-28s %7s %-11s %10s %10s %7s %15s %6s\n", "case", "threads", "peer", "ours ms", "peer ms", "faster", "from .. to", "memory"
	for (k = 1; k <= rows; k++) {
		split(row[k], part, " ")
		key = part[1] " " part[2]; maker = part[3]
		n = count[key, "emotionnet"]
		if (count[key, maker] < n) n = count[key, maker]
		if (!n) continue
		for (i = 1; i <= n; i++) {
			a[i] = time[key, "emotionnet", i]; b[i] = time[key, maker, i]; r[i] = b[i] / a[i]
		}
		middle = median(r, n)
		share = (key, "emotionnet") in memory && (key, maker) in memory && part[1] !~ /:/ \
			? sprintf("%.2f", memory[key, "emotionnet"] / memory[key, maker]) : "-"
		printf "%-28s %7s %-11s %10.4f %10.4f %6.2fx %6.2f .. %5.2f %6s\n", part[1], part[2], \
			maker, median(a, n), median(b, n), middle, r[1], r[n], share
	}
}' "$results"
