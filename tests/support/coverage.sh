#!/bin/sh
# Which lines of the library the tests ran, from what gcc's --coverage counted.
# usage: coverage.sh clear               forgets the counts of earlier runs
#        coverage.sh show FOLDER...      a line a folder, and each file under 95 %
objects=build/coverage

case $1 in
clear)
	[ ! -d $objects ] || find $objects -name '*.gcda' -delete
	exit
	;;
show) shift ;;
*) exit 2 ;;
esac

# A header with code in it is compiled into many objects: the one that ran most of it counts.
for folder in "$@"; do
	find "$objects/$folder" -name '*.gcno' -exec gcov -n {} + 2>/dev/null |
		sed "s/^/$folder /"
done | awk '
$2 == "File" { file = $3; gsub(/\047/, "", file) }
$2 == "Lines" && index(file, $1 "/") == 1 {
	split($3, executed, /[:%]/)
	total = $5
	ran = int(executed[2] * total / 100 + 0.5)
	if (!(file in lines)) { files[++count] = file; folder[file] = $1 }
	if (!(file in lines) || ran > lines[file]) lines[file] = ran
	if (total > all[file]) all[file] = total
	file = ""
}
END {
	for (i = 1; i <= count; i++) {
		f = files[i]
		if (!(folder[f] in sum)) names[++folders] = folder[f]
		ran_of[folder[f]] += lines[f]
		sum[folder[f]] += all[f]
		if (lines[f] < 0.95 * all[f])
			low[folder[f]] = low[folder[f]] sprintf("    %-32s %6.1f %%  of %5d lines\n",
				f, 100 * lines[f] / all[f], all[f])
	}
	for (i = 1; i <= folders; i++)
		printf "%-36s %6.1f %%  of %5d lines\n%s", names[i] "/",
			100 * ran_of[names[i]] / sum[names[i]], sum[names[i]], low[names[i]]
	print "The lines of one file: gcov -t build/coverage/tensor/arena.gcno | grep \047#####\047"
	exit folders == 0
}'
