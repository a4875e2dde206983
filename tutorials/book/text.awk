# A text of the tutorials as the book has it: marks gone, links leading to the book's
# pages.
# usage: awk -v folder=tutorials/02-the-tape -v linked=FILE [-v sounds=FOLDER] [-v whole=1] -f text.awk chapter.md
#
# A sound of the folder `sounds` that is named, as angry.wav, can be played after the
# paragraph that names it first.
#
# Each file of the project that is linked to and is no page of the book is written to
# `linked`; it becomes the page source/PATH-WITH-DASHES.html. Where the book is one page
# (whole), links lead to anchors in it. Terms under "## Terms" get the anchors that
# glossary and index lead to.

# a/b/../c is a/c.
function resolved(path,  parts, n, i, kept, count, text) {
	n = split(path, parts, "/")
	for (i = 1; i <= n; i++)
		if (parts[i] == "..")
			count--
		else if (parts[i] != "." && parts[i] != "")
			kept[++count] = parts[i]
	for (i = 1; i <= count; i++)
		text = text (i > 1 ? "/" : "") kept[i]
	return text
}

# The page of a chapter, or the place in the whole book.
function page(name, anchor) {
	if (whole)
		return "#" (anchor ~ /^term-/ ? anchor : name)
	return name ".html" (anchor == "" ? "" : "#" anchor)
}

function target(link,  path, anchor, parts) {
	if (link ~ /^(https?:|mailto:|#)/ || link ~ /^[a-z-]+\.html$/)
		return link
	anchor = link
	if (!sub(/^[^#]*#/, "", anchor))
		anchor = ""
	path = link
	sub(/#.*/, "", path)
	path = resolved(folder "/" path)
	split(path, parts, "/")
	if (path ~ /^tutorials\/[0-9][^\/]*\/chapter\.md$/)
		return page(parts[2], anchor)
	if (path ~ /\.svg$/)
		return parts[2] "/" parts[3]
	if (path ~ /^tutorials\/[0-9][^\/]*\/warmups/)
		return page(parts[2] "-exercises", "part-a")
	if (path ~ /^tutorials\/[0-9][^\/]*\/exercise\.[ch]$/)
		return page(parts[2] "-exercises", "part-b")
	if (path ~ /^tutorials\/[0-9][^\/]*\/experiment\.md$/)
		return page(parts[2] "-exercises", "part-c")
	if (path ~ /^tutorials\/[0-9][^\/]*\/stretch\.md$/)
		return page(parts[2] "-exercises", "part-d")
	if (path == "tutorials/glossary.md")
		return page("glossary", anchor)
	if (path == "tutorials/README.md")
		return whole ? "#" : "index.html"
	if (path !~ /\.[a-z]+$|Makefile$/)
		path = path "/README.md"
	print path >linked
	gsub(/\//, "-", path)
	return "source/" path ".html" (anchor == "" ? "" : "#" anchor)
}

function links(line,  done) {
	while (match(line, /\]\([^) ]+\)/)) {
		done = done substr(line, 1, RSTART + 1) target(substr(line, RSTART + 2, RLENGTH - 3)) ")"
		line = substr(line, RSTART + RLENGTH)
	}
	return done line
}

function slug(term) {
	term = tolower(term)
	gsub(/[^a-z0-9]+/, "-", term)
	return term
}

# Sounds that this line names, to be played below.
function hear(line,  name, path, first) {
	while (match(line, /[a-z0-9-]+\.wav/)) {
		name = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		path = sounds "/" name
		if (name in heard || (getline first < path) <= 0)
			continue
		close(path)
		heard[name] = 1
		players = players "<figure class=\"sound\"><figcaption><code>" name "</code></figcaption>" \
			"<audio controls preload=\"none\" aria-label=\"" name "\" src=\"" last_of(folder) "/" name "\"></audio></figure>\n"
	}
}

function last_of(path) {
	sub(/.*\//, "", path)
	return path
}

sounds != "" && !whole { hear($0) }
players != "" && !code && /^$/ { print "\n" players; players = "" }
whole && /^<span id="part-.*<\/span>$/ { next } # each once in a page
/^<!-- INSTRUCTOR -->/ { exit }
/^ *(> *)*```/ { code = !code; print; next }
code { print; next }
/^## / { terms = ($0 == "## Terms") }
{
	gsub(/<!--[^>]*-->/, "")
	$0 = links($0)
}
terms && match($0, /^\* \*\*[^*]+\*\*/) {
	term = substr($0, 5, RLENGTH - 6)
	print "* <span id=\"term-" slug(term) "\">**" term "**</span>" substr($0, RLENGTH + 1)
	next
}
{ print }
