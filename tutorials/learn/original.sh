#!/bin/sh
# A student's file as it was handed out, on standard output. In a handout that is the version that came into git
# first; in the project itself, the version of the last commit without its solution.
# usage: tutorials/learn/original.sh FILE
file=$1
git rev-parse --verify -q HEAD >/dev/null 2>&1 || {
	echo "This folder is no git repository: take $file from your handout again." >&2
	exit 1
}
if git show "HEAD:$file" 2>/dev/null | grep -q -e 'BEGIN SOLUTION' -e '^<!-- INSTRUCTOR -->$'; then
	git show "HEAD:$file" | "$(dirname "$0")/../handout/stub.sh" "$file" -
	exit
fi
first=$(git log --diff-filter=A --format=%H -- "$file" | tail -1)
[ -n "$first" ] || { echo "git does not know $file: it was not handed out." >&2; exit 1; }
git show "$first:$file"
