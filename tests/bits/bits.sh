#!/bin/sh
# Builds bits.c in many ways, runs each, and compares what it prints with tests/bits/expected: every
# line of every build must be the same. What this machine lacks is skipped, and named.
# usage: tests/bits/bits.sh [COMPILER...]     (MAKE: how make is called)
[ $# -gt 0 ] || set -- cc clang
expected=tests/bits/expected
compared=0 differing=0
found=$(mktemp) log=$(mktemp) first=$(mktemp)
trap 'rm -f "$found" "$log" "$first"' EXIT

have() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped:   %s\n' "$1"; }

# build NAME=VALUE...: makes the program with these settings of the Makefile, and sets $program.
takes=
build() {
	program=$(${MAKE:-make} --no-print-directory "$@" BITS_TAKES="$takes" bits-build 2>"$log" | tail -n 1)
	[ -x "$program" ] || {
		cat "$log"
		echo "bits: cannot be built with $*"
		exit 1
	}
}

# compare LABEL COMMAND...: what the command prints must be what is expected.
compare() { against "$expected" "$@"; }
against() {
	wanted=$1 label=$2
	shift 2
	"$@" >"$found" || echo "(ended with status $?)" >>"$found"
	compared=$((compared + 1))
	if cmp -s "$wanted" "$found"; then
		printf 'same bits: %s\n' "$label"
	else
		differing=$((differing + 1))
		printf 'DIFFERENT: %s (< expected, > found)\n' "$label"
		diff "$wanted" "$found"
	fi
}

# The processor: what it is, and whether it can do AVX2 and AVX-512.
machine=$(uname -m) level=
if [ "$machine" = x86_64 ]; then
	if grep -qw avx2 /proc/cpuinfo; then level=haswell; else skip "AVX2: this processor has none"; fi
	grep -qw avx512f /proc/cpuinfo || skip "AVX-512: this processor has none"
fi

build CC=cc
usual=$program
for threads in 1 2 3 8; do
	compare "cc -O3, $threads threads" "$program" "$threads"
done
takes=$(${MAKE:-make} --no-print-directory CC=cc bits-needed) # the others build no more than it takes
build CC=cc MODE=sanitize
compare 'cc, address and undefined-behaviour sanitizers' "$program" 2

for cc in "$@"; do
	have "$cc" || { skip "$cc is not installed"; continue; }
	for settings in O=0 O=2 O=3 ARCH=baseline ${level:+ARCH=$level}; do
		[ "$settings" = O=3 ] && settings=MODE=release # its usual folder
		build CC="$cc" "$settings"
		compare "$cc $settings" "$program" 2
	done
done

# A processor without fused multiply-add: the C library does it in software, a hundred times slower. So only
# the first of the strategies.
if [ "$machine" = x86_64 ]; then
	build CC=cc ARCH=baseline
	head -n 8 $expected >"$first"
	against "$first" 'cc ARCH=baseline, fused multiply-add in software' env \
		GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2 "$program" 2 1
fi

arm=aarch64-linux-gnu-gcc
if ! have $arm || ! have qemu-aarch64; then
	skip "64-bit Arm: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user"
else
	build CC=$arm ARCH=baseline LDFLAGS=-static
	compare '64-bit Arm, emulated' qemu-aarch64 "$program" 2
fi

# A browser's machine, under node: one thread. A program whose multiply-add is made (tensor/fma_made.h), and one that takes
# it from relaxed SIMD, where this node has it, maybe behind a flag, and rounds once in it.
browser() {
	label=$1
	shift
	head -n 8 $expected >"$first"
	against "$first" "$label" node --no-warnings "$@" 1 1
}
wasm=build/wasm/bits.wasm relaxed=build/wasm/relaxed/bits.wasm
if ! have node || ! have clang || ! have wasm-ld || [ ! -e /usr/include/wasm32-wasi/stdio.h ]; then
	skip "WebAssembly: apt-get install nodejs clang lld llvm wasi-libc libclang-rt-14-dev-wasm32"
elif ! ${MAKE:-make} --no-print-directory WERROR= $wasm $relaxed >"$log" 2>&1; then
	cat "$log"
	echo 'bits: cannot be built for WebAssembly'
	exit 1
else
	browser 'WebAssembly' tests/tutorials/web_node.mjs $wasm
	echo ';process.exitCode = roundsOnce() ? 0 : 1' | cat tutorials/web/relaxed.js - >"$log"
	flag=--experimental-wasm-relaxed-simd
	node $flag - <"$log" 2>/dev/null || flag=
	if node $flag - <"$log"; then
		browser 'WebAssembly, relaxed SIMD' $flag tests/tutorials/web_node.mjs $relaxed
	else
		skip 'relaxed SIMD: it is not in this node, or rounds twice on this machine'
	fi
fi

printf '%d compared, %d different\n' "$compared" "$differing"
[ "$differing" = 0 ] || {
	echo "The first line that differs says which part to look at. If every build differs alike, and"
	echo "the change was meant, these are the lines to expect from now on: $usual >$expected"
}
[ "$differing" = 0 ] && [ "$compared" -gt 0 ]
