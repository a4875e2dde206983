#!/bin/sh
# make handout: no line of a solution, a wrong version, a model answer or a rubric stands anywhere in it; it is a git
# repository with one commit; its links lead somewhere; it builds, checks an exercise, and puts a file back.
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
[ -d build/sanitize/tutorials ] ||
	{ echo 'handout: skipped: make exercises-check builds what it needs'; exit 0; }
handout=$folder/handout
expect 2 'where to?' tutorials/handout/handout.sh ''
check 'no handout is written' tutorials/handout/handout.sh "$handout"
expect 1 'is there already' tutorials/handout/handout.sh "$handout"

# --- nothing of a solution ---
# Lines without blanks, since layout hides nothing. What is short, a loop's head or a sole brace is no secret.
squeeze() { sed -e 's,/\*.*\*/$,,' | tr -d ' \t\r'; }
substance() { grep -E '.{20}' | grep -v -e '^for(' -e '^/\*' -e '^\*' -e '^//' -e '^|-' -e '^|points|for|$' -e '^##'; }
secrets() {
	sed -n '/BEGIN SOLUTION/,/END SOLUTION/p' tutorials/*/exercise.c tutorials/*/warmups/*.c |
		grep -v -e SOLUTION -e '/\* stub:' | squeeze | substance
	for file in tutorials/*/experiment.md tutorials/*/stretch.md; do
		[ -f "$file" ] || continue
		# A table's head stands in the form too.
		tutorials/handout/stub.sh "$file" | squeeze >"$folder/form"
		sed '1,/^<!-- INSTRUCTOR -->$/d' "$file" | squeeze | grep -v -x -F -f "$folder/form" | substance
	done
	# Of a wrong version the change; its diagnosis stands in the checks, as it must.
	sed '/^# diagnosis: /d' tutorials/*/wrong/*.sed | squeeze | substance
}
secrets | sort -u >"$folder/secrets"
check 'there are no solutions to look for' [ "$(wc -l <"$folder/secrets")" -gt 50 ]

# found FOLDER: files with a line of a secret, and the line.
found() {
	find "$1" -name .git -prune -o -type f -print | while read -r file; do
		LC_ALL=C tr -d ' \t\r' <"$file" | LC_ALL=C grep -a -F -f "$folder/secrets" | sed "s,^,${file#"$1"/}: ,"
	done
}
found "$handout" >"$folder/found"
check "a line of a solution stands in the handout: $(cat "$folder/found")" [ ! -s "$folder/found" ]
# The search itself finds what is there.
mkdir "$folder/leak" && cp tutorials/02-the-tape/exercise.c "$folder/leak/"
check 'the search finds no solution where one is' [ -n "$(found "$folder/leak")" ]
for path in tests/tutorials tutorials/02-the-tape/wrong tutorials/writing.md tutorials/instructors.md; do
	check "$path is handed out" [ ! -e "$handout/$path" ]
done

# --- its links lead somewhere ---
find "$handout" -name '*.md' | while read -r file; do
	grep -o '](\.*[A-Za-z0-9_./-]*' "$file" | sed 's/^](//' | grep -v -x 'https*' | while read -r link; do
		[ -e "$(dirname "$file")/$link" ] || echo "${file#"$handout"/}: $link"
	done
done >"$folder/astray"
check "links lead nowhere: $(cat "$folder/astray")" [ ! -s "$folder/astray" ]

# --- a git repository ---
check 'not one commit' [ "$(git -C "$handout" rev-list --count HEAD)" = 1 ]
check 'not all of it is committed' [ -z "$(git -C "$handout" status --porcelain)" ]

# --- it works ---
# Objects of the same sources, where they are there, save their time.
mkdir "$handout/build" && cp -Rp build/sanitize "$handout/build/"
rm -rf "$handout"/build/sanitize/tutorials && cd "$handout" || exit 1
expect 0 'Next: ' make -s learn
expect 2 '0 of 10 points' make -s exercise CH=02
expect 2 'checks passed.' make -s learn DO='check 02-a1'
expect 0 'Hint 1 of' make -s hint CH=02
expect 2 'First yours' make -s learn DO='solution 02-b'
echo '/* mine */' >>tutorials/02-the-tape/exercise.c
expect 0 'as it was handed out' make -s learn DO='reset 02-b'
check 'reset did not put it back' git diff --quiet tutorials/02-the-tape/exercise.c
check 'what was written is lost' grep -q '/\* mine \*/' tutorials/02-the-tape/exercise.c.1

# With the reference in place it passes, and the instructor's folder shows beside it.
cp "$top/tutorials/02-the-tape/exercise.c" tutorials/02-the-tape/
expect 0 Right make -s exercise CH=02
expect 0 'Your instructor has' make -s learn DO='solution 02-b'
mkdir -p solutions/tutorials/02-the-tape && cp "$top/tutorials/02-the-tape/exercise.c" solutions/tutorials/02-the-tape/
expect 0 'letter by letter' make -s learn DO='solution 02-b'
finish
