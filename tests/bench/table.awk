# The table of a comparison, in Markdown. Reads what peers/rounds.py writes:
#     MAKER CASE THREADS MEDIAN_MS LEAST_MS MEGABYTES [SHARE]
# once a round. A peer's figure is its least time of all rounds over ours, and in brackets the lowest and highest
# such ratio of a single round. The limit is the shortest time that the machine was found to need.
function line(case, threads,   ours, share, k, i, n, low, high, ratio) {
	ours = best[case, threads, "ours"]
	share = (case, threads) in limit ? sprintf("%.2f", limit[case, threads] / ours) : "-"
	printf "| %s | %s | %.4g | %s |", case, threads, ours, share
	for (k = 1; k <= peers; k++) {
		n = rounds[case, threads, peer[k]]
		if (rounds[case, threads, "ours"] < n) n = rounds[case, threads, "ours"]
		if (!n) {
			printf " %s |", (peer[k] in missing) ? "not there" : "-"
			continue
		}
		low = 1e30
		high = 0
		for (i = 1; i <= n; i++) {
			ratio = time[case, threads, peer[k], i] / time[case, threads, "ours", i]
			if (ratio < low) low = ratio
			if (ratio > high) high = ratio
		}
		printf " %.2f (%.2f to %.2f) |", best[case, threads, peer[k]] / ours, low, high
	}
	if ((case, threads, "pytorch") in memory)
		printf " %.2f |\n", memory[case, threads, "ours"] / memory[case, threads, "pytorch"]
	else
		print " - |"
}
BEGIN { peers = split("pytorch compiled onnxruntime soxr", peer, " ") }
/^#/ {
	sub(/^# */, "")
	if ($0 ~ /: not there$/) missing[substr($1, 1, length($1) - 1)] = 1
	head[++heads] = $0
	next
}
NF >= 6 {
	key = $2 SUBSEP $3
	n = ++rounds[key, $1]
	time[key, $1, n] = $5
	if (n == 1 || $5 < best[key, $1]) best[key, $1] = $5
	if ($1 == "ours" && $7 > 0 && (!(key in limit) || $7 * $5 < limit[key])) limit[key] = $7 * $5
	if ($6 > memory[key, $1]) memory[key, $1] = $6
	if ($1 == "ours" && n == 1) order[++cases] = key
}
END {
	for (i = 1; i <= heads; i++) print "* " head[i]
	print ""
	printf "| case | threads | ours, ms | of the limit |"
	for (k = 1; k <= peers; k++) printf " %s |", peer[k]
	print " memory, of pytorch's |"
	printf "|---|---|---|---|"
	for (k = 0; k <= peers; k++) printf "---|"
	print ""
	for (i = 1; i <= cases; i++) {
		split(order[i], part, SUBSEP)
		line(part[1], part[2])
	}
}
