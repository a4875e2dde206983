# Which sources a program needs: those of its own, and what their #includes lead to.
# usage: grep '^#include "' FILES /dev/null | awk -v roots='a.c b.c' [-v without='c.h'] -f needs.awk
#
# A header stands for every source of its folder that includes it first: a .c includes its own header
# first. A header with no such source (plot.h) stands for all sources of its folder.

function folder(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

function follow_all(files,    i, n, list) {
	n = split(files, list, " ")
	for (i = 1; i <= n; i++)
		follow(list[i])
}

function follow(file) {
	if (file in seen || file == without)
		return
	seen[file] = 1
	follow_all(includes[file])
	if (file ~ /\.h$/ && file !~ /^tutorials\//)
		follow_all(file in own ? own[file] : all[folder(file)])
	else if (file in own)
		follow_all(own[file])
}

{
	file = substr($0, 1, index($0, ":") - 1)
	split($0, part, "\"")
	if (file ~ /\.c$/ && !(file in includes)) {
		all[folder(file)] = all[folder(file)] " " file
		if (folder(file) == folder(part[2]))
			own[part[2]] = own[part[2]] " " file
	}
	includes[file] = includes[file] " " part[2]
}

END {
	follow_all(roots)
	for (file in seen)
		if (file ~ /\.c$/)
			print file
}
