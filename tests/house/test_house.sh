#!/bin/sh
# The house keeps its promises: includes run one way, the reading path and each file stay short, the
# Makefiles need no GNU make newer than 3.81, and the program gives the same answers against musl.
# usage: tests/house/test_house.sh
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
sources() { find tensor autograd layers optim audio text emotionnet -name '*.[ch]'; }

check 'an #include runs up the map in CONTRIBUTING.md' \
	sh -c 'awk -f tests/house/includes.awk CONTRIBUTING.md "$@"' includes $(sources)
printf '#include "layers/linear.h"\n' >"$folder/up.c"
mkdir -p "$folder/tensor" && mv "$folder/up.c" "$folder/tensor/"
checks=$((checks + 1))
(cd "$folder" && awk -f "$top/tests/house/includes.awk" "$top/CONTRIBUTING.md" tensor/up.c >/dev/null) &&
	failed 'an #include that runs up the map is not found'

# The reading path: what "read it in a week" means. It may not grow longer.
longest=13000
sources | awk -v map=CONTRIBUTING.md -f tests/house/reading.awk >"$folder/path"
lines=$(awk 'END { print $1 }' "$folder/path")
check "the reading path has $lines lines, more than $longest: make reading" [ "$lines" -le $longest ]
for file in emotionnet/fusion.c autograd/pointwise.c layers/linear.c layers/lstm.c tensor/matmul.c; do
	check "the reading path lacks $file" grep -q " $file\$" "$folder/path"
done

for file in $(sources); do
	most=500
	[ "$file" = emotionnet/fusion.c ] && most=900
	lines=$(wc -l <"$file")
	check "$file has $lines lines, more than $most: is there one idea in it?" [ "$lines" -le $most ]
done
check 'what a program writes is kept as a source: a folder build/' \
	sh -c '! git ls-files 2>/dev/null | grep "/build/"'
for room in $(sources | sed 's,/[^/]*$,,' | sort -u); do
	check "$room has no README.md" [ -s "$room/README.md" ]
done

# What GNU make learnt after 3.81: macOS still has that one.
newer='\.ONESHELL|\.SHELLFLAGS|\.RECIPEPREFIX|\.EXTRA_PREREQS|\.NOTINTERMEDIATE|\.WAIT|^undefine |^private |[^:+?]!=|::=|&:|\$\((file|let|intcmp|guile) |^define [A-Za-z_]+ *[:+?]?='
checks=$((checks + 1))
grep -nE "$newer" Makefile tutorials/*.mk >"$folder/out" && failed 'GNU make 3.81 does not know this'

# Another libc: the same figures.
if command -v musl-gcc >/dev/null; then
	check 'it does not build with musl-gcc' ${MAKE:-make} -s CC=musl-gcc
	for built in "$program" build/release-musl-gcc/bin/emotionnet; do
		"$built" compare --plain --quiet --stage 60,20,40 --epochs 2 2>&1 | sed '/^What it costs/,/^Operations/d; s/ *[0-9.]*$//' >"$folder/$(basename "$(dirname "$built")")"
	done
	check 'against musl it says something else' cmp "$folder/bin" "$folder/build"
else
	echo 'house: skipped the build against musl: there is no musl-gcc'
fi
finish
