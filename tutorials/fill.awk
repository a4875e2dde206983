# Fills a chapter.md: its listings from chapter.c, its numbers and output from what the program said.
# usage: awk -v source='chapter.c list.c' -v values=FILE -v transcript=FILE -f fill.awk chapter.md
#
#   <!-- listing: tag -->   ... <!-- /listing -->   lines of the sources between /* [tag] */ and /* [/tag] */
#   <!-- output: 3 -->      ... <!-- /output -->    what was printed before point [3]
#   <!--=key-->1.2345<!--=-->                       what lesson_number printed under the key
#
# What stands between the marks is replaced. Anything unknown or unclosed is an error.

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
	failed = 1
	exit 1
}

function read_source(  n, i, tag, files) {
	n = split(source, files, " ")
	for (i = 1; i <= n; i++)
		read_one(files[i])
	for (tag in open)
		fail("[" tag "] is not closed in " source)
}

function read_one(file,  line, tag) {
	while ((getline line < file) > 0) {
		if (line ~ /^[ \t]*\/\* \[[a-z-]+\] \*\/$/) {
			tag = line; gsub(/.*\[|\].*/, "", tag)
			open[tag] = 1
			listing[tag] = ""
		} else if (line ~ /^[ \t]*\/\* \[\/[a-z-]+\] \*\/$/) {
			tag = line; gsub(/.*\[\/|\].*/, "", tag)
			delete open[tag]
		} else {
			for (tag in open)
				listing[tag] = listing[tag] line "\n"
		}
	}
}

function read_values(  line, tab) {
	while ((getline line < values) > 0) {
		tab = index(line, "\t")
		number[substr(line, 1, tab - 1)] = substr(line, tab + 1)
	}
}

function read_transcript(  line, point) {
	point = 1
	while ((getline line < transcript) > 0) {
		if (line ~ /^\[[0-9]+\] /) {
			point++
			continue
		}
		if (line ~ /^    / && output[point] == "")   # the rest of a caption
			continue
		if (line ~ /^== / || (line == "" && output[point] == ""))
			continue
		output[point] = output[point] line "\n"
	}
}

# Blank lines at the end, and the indentation of the first line, are left out; a tab is four blanks.
function block(text, fence,  lines, n, i, k, indent) {
	n = split(text, lines, "\n")
	while (n > 0 && lines[n] == "")
		n--
	match(lines[1], /^\t*/)
	indent = RLENGTH
	print "```" fence
	for (i = 1; i <= n; i++) {
		if (fence == "c") {
			for (k = 0; k < indent; k++)
				sub(/^\t/, "", lines[i])
			gsub(/\t/, "    ", lines[i])
		}
		print lines[i]
	}
	print "```"
}

function inline(line,  done, key, end) {
	done = ""
	while (match(line, /<!--=[a-z0-9-]+-->/)) {
		key = substr(line, RSTART + 5, RLENGTH - 8)
		if (!(key in number))
			fail("the program prints no number \"" key "\"")
		done = done substr(line, 1, RSTART + RLENGTH - 1)
		line = substr(line, RSTART + RLENGTH)
		end = index(line, "<!--=-->")
		if (!end)
			fail("\"" key "\" is not closed by <!--=--> on its line")
		done = done number[key] "<!--=-->"
		line = substr(line, end + 8)
	}
	return done line
}

BEGIN { read_source(); read_values(); read_transcript() }

skipping {
	if ($0 != "<!-- /" skipping " -->")
		next
	skipping = ""
	print
	next
}
/^<!-- (listing|output): .* -->$/ {
	tag = $3
	print
	skipping = substr($2, 1, length($2) - 1)
	if (skipping == "listing" && !(tag in listing))
		fail(source " has no [" tag "]")
	if (skipping == "output" && !(tag in output))
		fail("there is no point [" tag "]")
	if (skipping == "listing")
		block(listing[tag], "c")
	else
		block(output[tag], "")
	opened = FNR
	next
}
{ print inline($0) }
END {
	if (!failed && skipping) {
		printf "%s:%d: %s is not closed\n", FILENAME, opened, skipping > "/dev/stderr"
		exit 1
	}
}
