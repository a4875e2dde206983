#!/bin/sh
# Writes the project into a new folder without the solutions of the exercises and without the wrong
# versions, which would give them away. What it writes builds: make, make exercise CH=02.
# usage: tutorials/handout.sh FOLDER
folder=$1
[ -n "$folder" ] || { echo 'make handout OUT=folder: where to?' >&2; exit 2; }
[ ! -e "$folder" ] || { echo "$folder is there already: name a new folder." >&2; exit 1; }
for exercise in tutorials/*/exercise.c; do
	awk -f tutorials/strip.awk "$exercise" >/dev/null || exit 1
done
mkdir -p "$folder" || exit 1
{ git ls-files 2>/dev/null || find . -path ./build -prune -o -type f -print | sed 's,^\./,,'; } |
while read -r file; do
	case $file in
	tutorials/*/wrong/*) continue ;;
	esac
	mkdir -p "$folder/$(dirname "$file")"
	case $file in
	tutorials/*/exercise.c)
		awk -f tutorials/strip.awk "$file" >"$folder/$file" ;;
	*)
		cp -p "$file" "$folder/$file" ;;
	esac || exit 1
done || { rm -rf "$folder"; exit 1; }
echo "$folder: a tree without solutions. Try: make -C $folder exercise CH=01"
