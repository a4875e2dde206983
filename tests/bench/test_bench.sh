#!/bin/sh
# The benchmark prints what it promises, its pictures are well formed, and the table of a comparison adds up
# what the peers said. How fast anything is does not matter here.
. "$(dirname "$0")/../support/shell.sh"
bench=$top/$(${MAKE:-make} --no-print-directory -s -C "$top" bench-build 2>/dev/null | tail -n 1)

# well_formed FILE: every element of the SVG ends, within the one it began in.
well_formed() {
	tr '\n' ' ' <"$1" | sed 's/</\n</g' | awk '
		/^<\// { split($0, part, /[\/>]/); if (open[depth--] != part[2]) exit 1; next }
		/^<[a-z]/ { match($0, /^<[a-z]+/); elements++
			if ($0 !~ /^<[^>]*\/>/) open[++depth] = substr($0, 2, RLENGTH - 1) }
		END { exit depth != 0 || elements < 10 }'
}

# A case: nine columns. Under other processes the limits may be measured too low: then once more.
measured() {
	"$bench" -t '1 2' -s 0.1 -o roofline.svg mlp gemm:64x64x64 >table 2>said || return 1
	awk '/^# case/ { head = /median ms +least ms +GFLOP\/s +GB\/s +share +held by +peak MB/ }
		/^#.*GFLOP\/s at the most; reads L1 [0-9]+, L2 [0-9]+, L3 [0-9]+, memory [0-9]+ GB\/s$/ { limits++ }
		/^mlp|^gemm/ { lines++; if (NF != 9 || $4 > $3 || $4 <= 0 || $5 <= 0 || $7 <= 0) exit 1
			if ($7 > 1.05) high = 1 }
		END { exit !head || limits != 2 || lines != 3 || high }' table
}
measured || measured || measured
check 'a case has no nine columns, or a share beyond 1' [ $? = 0 ]
cat table said >"$folder/out"
check 'the roofline is no well-formed SVG' well_formed roofline.svg
expect 0 mlp cat roofline.svg
check 'both numbers of threads have their panel' grep -q '2 threads' roofline.svg

# The profile adds up to the whole step.
"$bench" -p -s 0.1 mlp >profile
expect 0 linear_forward cat profile
check 'the shares of the profile do not add up' awk '/%$/ { sum += $(NF - 1) }
	END { exit sum < 99 || sum > 101 }' profile
expect 0 'mlp 235146' "$bench" -n mlp

# Growth, small. A build that looks for faults would take minutes.
case $bench in
*/release*)
	"$bench" -g 64 -o growth.svg "$program" >growth 2>&1
	expect 0 '| what |' cat growth
	check 'growth has no line for each thing' awk -F '|' '/^\| (train|encode|mlp)/ { lines++; if (NF != 9) exit 1 }
		END { exit lines < 5 }' growth
	check 'the growth is no well-formed SVG' well_formed growth.svg
	;;
*) echo 'bench: skipped growth: this build is too slow' ;;
esac

# Two rounds: 2 / 1 is the ratio of the least times, 1.5 and 3 those of the rounds; a module that is missing.
cat >peers.txt <<'END'
# a machine
# pytorch: 2.13.0
# soxr: not there
ours mlp 1 1.5 1.0 10 0.50
pytorch mlp 1 3.5 3.0 100
ours mlp 1 1.5 1.3333333333 20 0.75
pytorch mlp 1 2.5 2.0 50
ours read 1 9 8 5 -
END
awk -f "$here/table.awk" peers.txt >table
expect 0 '| mlp | 1 | 1 | 0.50 | 2.00 (1.50 to 3.00) | - | - | not there | 0.20 |' cat table
expect 0 '| read | 1 | 8 | - | - | - | - | not there | - |' cat table
expect 0 '* soxr: not there' cat table
check 'the chart fails' "$bench" -d peers.txt -o chart.svg
check 'the chart is no well-formed SVG' well_formed chart.svg
expect 0 '>mlp, 1</text>' cat chart.svg

# What cannot be done says so.
expect 2 'usage: bench' "$bench" -t 0
expect 2 'usage: bench' "$bench" -t two
expect 2 'usage: bench' "$bench" -s two mlp
expect 2 'usage: bench' "$bench" -g many -o none.svg "$program"
expect 1 '"mpl" names none of the cases' "$bench" -n mlp mpl
expect 2 'usage: bench' "$bench" -d peers.txt
expect 1 'nowhere.txt' "$bench" -d nowhere.txt -o none.svg
echo nothing >empty.txt
expect 1 'no line with a result' "$bench" -d empty.txt -o none.svg
check 'a chart of nothing is left' [ ! -e none.svg ]
expect 0 'pip install torch' "$here/compare.sh" "$bench" /nowhere/python3 1 1 0.1
finish
