#!/bin/sh
# A file as students get it, on standard output: without solutions, model answers and rubrics.
# usage: tutorials/handout/stub.sh FILE
#        git show HEAD:FILE | tutorials/handout/stub.sh FILE -     (the text from standard input)
here=$(dirname "$0")
case $1 in
*.c) awk -f "$here/strip.awk" "${2:-$1}" ;;
README.md) sed "/tutorials\/instructors\.md/d" "${2:-$1}" ;;
*.md) sed '/^<!-- INSTRUCTOR -->$/,$d' "${2:-$1}" ;;
*) cat "${2:-$1}" ;;
esac
