# Every #include against the map of rooms in CONTRIBUTING.md: a room includes only what stands on a
# lower line. usage: awk -f tests/house/includes.awk CONTRIBUTING.md FILE.c FILE.h...
function room_of(path) { sub(/\/[^\/]*$/, "", path); return path }
FILENAME != source { source = FILENAME; here = room_of(source) }
source ~ /CONTRIBUTING\.md$/ {
	if (/^```/) inside = /^```rooms/
	else if (inside) { lines++; for (i = 1; i <= NF; i++) level[$i] = lines }
	next
}
!(here in level) && !(here in told) { printf "%s is not on the map in CONTRIBUTING.md\n", here; told[here]; bad = 1 }
/^#include "/ {
	there = $2; gsub(/"/, "", there); there = room_of(there)
	if (there != here && level[there] <= level[here]) {
		printf "%s:%d: %s includes %s, which does not stand below it on the map in CONTRIBUTING.md\n",
			source, FNR, here, there
		bad = 1
	}
}
END { if (!lines) { print "CONTRIBUTING.md has no map of rooms"; bad = 1 }; exit bad }
