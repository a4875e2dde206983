#!/bin/sh
# Writes what the list names into a new folder, without solutions, model answers and rubrics, as a git repository
# with one commit: so a student can always put a file back. It builds: make learn.
# usage: tutorials/handout/handout.sh FOLDER
folder=$1
fail() { printf '%s\n' "$1" >&2; exit "${2:-1}"; }
[ -n "$folder" ] || fail 'make handout OUT=folder: where to?' 2
[ ! -e "$folder" ] || fail "$folder is there already: name a new folder."
set -f # the patterns are git's
# shellcheck disable=SC2046
files=$(GIT_GLOB_PATHSPECS=1 git ls-files -- $(sed '/^#/d' tutorials/handout/list) 2>/dev/null)
set +f
[ -n "$files" ] || fail 'A handout is made in a clone of the project: git lists its files.'
! printf '%s\n' "$files" | grep '[[:space:]"]' || fail 'These names cannot be handed out.'

# All at once, and then over them those that lose something: a process for each of two thousand files takes its time.
give() {
	for file in $files; do
		[ ! -f "$file" ] || printf '%s\n' "$file" # else removed, and not committed yet
	done >"$folder/.list"
	tar -cf - -T "$folder/.list" | tar -xpf - -C "$folder" || return 1
	for file in $(cat "$folder/.list"); do
		case $file in
		tutorials/*/exercise.c | tutorials/*/warmups/*.c | tutorials/*/experiment.md | tutorials/*/stretch.md | README.md)
			tutorials/handout/stub.sh "$file" >"$folder/$file" || return 1 ;;
		esac
	done
	rm "$folder/.list"
}

commit() {
	cd "$folder" && git init -q . && git symbolic-ref HEAD refs/heads/main && git add -A &&
		git -c user.name=EmotionNet -c user.email=course@localhost -c commit.gpgsign=false \
			commit -q -m 'The course as it was handed out'
}

mkdir -p "$folder" || exit 1
give && (commit) || { rm -rf "$folder"; fail "$folder could not be written."; }
echo "$folder: a git repository without solutions. Try: make -C $folder learn"
