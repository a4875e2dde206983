#!/bin/sh
# Our benchmark beside PyTorch (eager and compiled), onnxruntime and soxr, in alternating rounds.
# usage: compare.sh BENCH PYTHON ROUNDS "THREADS..." SECONDS [CASE...]
# PYTHON is one that has the peers; what it lacks is left out, and the table says so:
#     python3 -m venv V && V/bin/pip install torch onnx onnxruntime soxr numpy
# Leaves build/bench/compare.txt (every measurement), compare.md (the table) and compare.svg (the chart).
set -eu
here=$(dirname "$0") bench=$1 python=$2 rounds=$3 threads=$4 seconds=$5
shift 5
if [ -z "$python" ] || ! "$python" -c 'import numpy' 2>/dev/null; then
	echo "bench-compare: skipped: PY='$python' is no Python with numpy. Make one:
    python3 -m venv V && V/bin/pip install torch onnx onnxruntime soxr numpy
    make bench-compare PY=V/bin/python3"
	exit 0
fi
[ $# -gt 0 ] || set -- mlp text_lstm text_cnn speech_cnn speech_bilstm emotionnet face_cnn gpt emotionnet_infer_b1 \
	first_prediction autograd_chain10k_add_n1 autograd_chain10k_mul_n16 gemm conv1d \
	logmel_n400_m40_1s logmel_n400_m40_3s logmel_n400_m40_60s mfcc40_n400_m80_1s mfcc40_n400_m80_3s \
	mfcc40_n400_m80_60s read_resample_48k_16k_60s

# The peers choose their own kernels. They also keep what memory they once got: asking the system for it
# anew in each step is cheap on some machines and ten times the work itself on others. What PyTorch compiles
# stays in build/bench for the next time.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE ATEN_CPU_CAPABILITY
out=build/bench
mkdir -p "$out"
{
	echo "# $(date +%Y-%m-%d), $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) cores"
	echo "# ours: $(${CC:-cc} --version | head -n 1)"
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864 \
		TORCHINDUCTOR_CACHE_DIR="$PWD/$out/compiled" PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore \
		"$python" "$here/peers/rounds.py" "$bench" "$rounds" "$threads" "$seconds" "$@"
} >"$out/compare.txt"
awk -f "$here/table.awk" "$out/compare.txt" >"$out/compare.md"
"$bench" -d "$out/compare.txt" -o "$out/compare.svg"
cat "$out/compare.md"
