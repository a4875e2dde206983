# The index of terms: each with its definition and the chapters that use it, at the
# section where each first does.
# usage: awk -f terms.awk tutorials/*/chapter.md      (in the order of the chapters)

function slug(text) {
	text = tolower(text)
	gsub(/[^a-z0-9]+/, "-", text)
	return text
}

# As pandoc names a heading.
function heading(text) {
	text = tolower(text)
	gsub(/[^a-z0-9 _-]/, "", text)
	gsub(/ /, "-", text)
	return text
}

FNR == 1 {
	folder = FILENAME
	sub(/^tutorials\//, "", folder)
	sub(/\/chapter.md$/, "", folder)
	folders[++chapters] = folder
	title = $0
	sub(/^# */, "", title)
	gsub(/  +/, " ", title)
	titles[chapters] = title
	section = ""
	code = inside = 0
}
/^```/ { code = !code; next }
code { next }
/^## / {
	section = heading(substr($0, 4))
	inside = ($0 == "## Terms")
	next
}
inside && match($0, /^\* \*\*[^*]+\*\*/) {
	term = substr($0, 5, RLENGTH - 6)
	terms[++count] = term
	home[tolower(term)] = chapters
	next
}
# The prose of a section on one line, so that a term may go over the end of one.
{
	gsub(/<!--[^>]*-->/, "")
	gsub(/\]\([^)]*\)/, "")
	if (!((chapters, section) in prose))
		order[chapters, ++sections[chapters]] = section
	prose[chapters, section] = prose[chapters, section] " " tolower($0)
}

# The section of the chapter in which the term first stands; "none" if in none.
function first_use(chapter, term,  s, at, text) {
	gsub(/[][().*+?^$|\\]/, ".", term)
	gsub(/[ -]/, "[ -]+", term)
	for (s = 1; s <= sections[chapter]; s++) {
		at = order[chapter, s]
		if ((" " prose[chapter, at] " ") ~ ("[^a-z]" term "(s|es)?[^a-z]"))
			return at
	}
	return "none"
}

END {
	for (i = 2; i <= count; i++) {
		term = terms[i]
		for (k = i - 1; k > 0 && tolower(terms[k]) > tolower(term); k--)
			terms[k + 1] = terms[k]
		terms[k + 1] = term
	}
	print "# Index of terms\n"
	print "Each term leads to what it means, and to the chapters that use it.\n"
	for (i = 1; i <= count; i++) {
		key = tolower(terms[i])
		line = "* [**" terms[i] "**](" folders[home[key]] ".html#term-" slug(key) "): "
		uses = ""
		for (c = 1; c <= chapters; c++) {
			at = first_use(c, key)
			if (at != "none")
				uses = uses (uses == "" ? "" : " · ") "[" titles[c] "](" folders[c] ".html" \
					(at == "" ? "" : "#" at) ")"
		}
		letter = toupper(substr(key, 1, 1))
		if (letter != last)
			print (i > 1 ? "\n" : "") "## " letter "\n"
		last = letter
		print line uses
	}
}
