# Makes glossary.md of the lists under "## Terms" of the chapters, in the order of the
# alphabet.
# usage: awk -f glossary.awk tutorials/*/chapter.md
#
#   * **stride**: How far apart in memory two neighbours along an axis lie.

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
	failed = 1
	exit 1
}

FNR == 1 {
	folder = FILENAME
	sub(/^tutorials\//, "", folder)
	sub(/\/chapter.md$/, "", folder)
	chapter = $0
	sub(/^# */, "", chapter)
	gsub(/  +/, " ", chapter)
	inside = 0
}
/^## / { inside = ($0 == "## Terms") }
!inside || !/^\* / { next }
!/^\* \*\*[^*]+\*\*: .+/ { fail("not \"* **term**: One sentence.\"") }
{
	term = $0
	sub(/^\* \*\*/, "", term)
	sub(/\*\*:.*/, "", term)
	meaning = $0
	sub(/^[^:]*: */, "", meaning)
	key = tolower(term)
	if (key in line)
		fail("\"" term "\" is explained in " from[key] " already")
	from[key] = folder
	line[key] = "* **" term "** ([" chapter "](" folder "/chapter.md#terms)): " meaning
	keys[++count] = key
}
END {
	if (failed)
		exit 1
	for (i = 2; i <= count; i++) {
		key = keys[i]
		for (k = i - 1; k > 0 && keys[k] > key; k--)
			keys[k + 1] = keys[k]
		keys[k + 1] = key
	}
	print "# Glossary\n\nThe words of the field, each with the chapter that explains it."
	print "Made by `make chapters` of the chapters' lists of terms."
	for (i = 1; i <= count; i++) {
		letter = toupper(substr(keys[i], 1, 1))
		if (letter != last)
			print "\n## " letter "\n"
		last = letter
		print line[keys[i]]
	}
}
