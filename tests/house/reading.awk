# The reading path: what the model is made of, in reading order, with its lines.
# usage: git ls-files '*.[ch]' | awk -v map=CONTRIBUTING.md -f tests/house/reading.awk [-v start="FILES"]
#
# It begins at the files of `start` and follows the #includes; a header brings its .c, and
# autograd/ops.h the families that it names. What is there for speed alone stays outside:
# autograd/fast/, tensor/lanes.h, tensor/matmul_pack.h; and tensor/fma_made.h and fma_wasm.h, which stand in for an
# instruction. Rooms come from the lowest line of the map
# upwards, and within a room a file comes after what it includes.

function add(path) { if ((path in known) && !(path in seen)) visit(path) }

function visit(path,  line, parts, twin) {
	seen[path]
	if (path ~ /^autograd\/fast\/|^tensor\/(lanes|matmul_pack|fma_made|fma_wasm)\.h/) return
	while ((getline line < path) > 0) {
		count[path]++
		if (line ~ /^#include "/) { split(line, parts, "\""); add(parts[2]) }
		if (path == "autograd/ops.h" && line ~ /^\/\* [a-z]+\.c\>?/) {
			split(line, parts, /[ ,.]/); families[++found] = "autograd/" parts[2] ".c"
		}
	}
	close(path)
	order[++visited] = path
	twin = path
	if (sub(/\.h$/, ".c", twin)) add(twin)
	while (found > 0) add(families[found--])
}

function room_of(path) { sub(/\/[^\/]*$/, "", path); return path }

BEGIN {
	if (!start)
		start = "text/tokens.c text/vocabulary.c audio/mel/mel.c optim/adam.c layers/loss.c" \
			" emotionnet/batch.c emotionnet/encoders.c emotionnet/fusion.c emotionnet/model.c"
	while ((getline line < map) > 0)
		if (line ~ /^```/) inside = (line ~ /^```rooms/)
		else if (inside) { lines++; n = split(line, parts, " "); for (i = 1; i <= n; i++) level[parts[i]] = lines }
}
{ known[$1] }
END {
	n = split(start, parts, " ")
	for (k = 1; k <= n; k++) starts[k] = parts[k]
	for (k = 1; k <= n; k++) {
		if (!(starts[k] in known)) { printf "reading.awk: there is no %s\n", starts[k]; exit 1 }
		add(starts[k])
	}
	for (l = lines; l >= 1; l--)
		for (i = 1; i <= visited; i++)
			if (level[room_of(order[i])] == l) {
				printf "%6d  %s\n", count[order[i]], order[i]
				sum += count[order[i]]
			}
	printf "%6d  lines in all\n", sum
}
