# Fills a chapter.md: its listings from the sources, its numbers, predictions and output
# from what the program said.
# usage, in the project's top folder:
#     awk -v folder=tutorials/02-the-tape -v source='chapter.c list.c' -v values=FILE \
#         -v transcript=FILE -v most=20 -f fill.awk chapter.md
#
# Two marks, each alone on its line, and what is put between them:
#
#   <!-- listing: tag -->   <!-- /listing -->
#       lines of the chapter's sources between /* [tag] */ and /* [/tag] */
#   <!-- listing: layers/linear.c linear_forward_at -->   <!-- /listing -->
#       a function (or struct) of any file, from its head to its end
#   <!-- listing: tag long -->   <!-- /listing -->
#       a listing of more than `most` lines (0: any number)
#   <!-- output: 3 -->   <!-- /output -->
#       what was printed before point [3], without predictions
#   <!-- prediction: 3 -->   <!-- /prediction -->
#       the third prediction, its answer folded
#
# and within a line:
#
#   <!--=key-->1.2345<!--=-->
#       what lesson_number printed under the key
#   <!--link: layers/linear.c linear_forward_at-->...<!--/link-->
#       a link to the line where that begins
#
# What stands between the marks is replaced. Anything unknown or unclosed is an error.

function fail(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
	failed = 1
	exit 1
}

# --- sources ---

# The name of the function in which a line stands, in `inside`; while its head is read, in
# `heading`.
function follow(line) {
	if (line == "{") {
		inside = heading
	} else if (line == "}") {
		inside = heading = ""
	} else if (inside == "" && line ~ /^[A-Za-z_]/) {
		heading = ""
		if (match(line, /[A-Za-z0-9_]+\(/) && line !~ /;$/)
			heading = substr(line, RSTART, RLENGTH) ")"
	}
}

function read_sources(  n, i, tag, files) {
	n = split(source, files, " ")
	for (i = 1; i <= n; i++)
		read_tags(files[i])
	for (tag in open)
		fail("[" tag "] is not closed in " source)
}

function read_tags(file,  line, tag, number) {
	inside = heading = ""
	for (number = 1; (getline line < file) > 0; number++) {
		follow(line)
		if (line ~ /^[ \t]*\/\* \[[a-z0-9-]+\] \*\/$/) {
			tag = line; gsub(/.*\[|\].*/, "", tag)
			if (tag in listing)
				fail("[" tag "] stands twice in " source)
			open[tag] = 1
			listing[tag] = ""
			where[tag] = place(file, number + 1, inside)
		} else if (line ~ /^[ \t]*\/\* \[\/[a-z0-9-]+\] \*\/$/) {
			tag = line; gsub(/.*\[\/|\].*/, "", tag)
			delete open[tag]
		} else {
			for (tag in open)
				listing[tag] = listing[tag] line "\n"
		}
	}
	close(file)
}

# The lines of a function or struct of a file into `found`, where it begins into
# `found_at`.
function find(file, name,  line, number, text, begin, is_it, has_it) {
	found = ""
	has_it = "(^|[^A-Za-z0-9_])" name "\\("
	for (number = 1; (getline line < file) > 0; number++) {
		if (line ~ /^[A-Za-z_]/) {
			text = ""
			begin = number
		}
		text = text line "\n"
		if (line == "{" || line ~ /^(typedef )?(struct|enum|union).*\{$/)
			is_it = (text ~ has_it && text !~ /^(typedef|struct|enum|union)/) ||
				line ~ "(struct|enum|union) " name " \\{$"
		if (line ~ /^\}/ && is_it) {
			found = text
			found_at = begin
		}
		if (line ~ /^\}/)
			is_it = 0
	}
	close(file)
}

# The line of a file that a link to `name` leads to: its definition; in a header what
# declares it.
function line_of(file, name,  line, number) {
	find(file, name)
	if (found != "")
		return found_at
	for (number = 1; (getline line < file) > 0; number++)
		if (line ~ /^[#A-Za-z_}]/ &&
				line ~ "(^|[^A-Za-z0-9_])" name "([^A-Za-z0-9_]|$)") {
			close(file)
			return number
		}
	close(file)
	fail(file " has no " name)
}

# "list.c, in push()", linked to the line.
function place(file, line, name,  short, text) {
	short = index(file, folder "/") == 1 ? substr(file, length(folder) + 2) : file
	text = "<sub>[" short "](" (short == file ? "../../" : "") short "#L" line ")"
	return text (name == "" ? "" : ", in <code>" name "</code>") "</sub>"
}

# --- what the program said ---

function read_values(  line, tab) {
	while ((getline line < values) > 0) {
		tab = index(line, "\t")
		number[substr(line, 1, tab - 1)] = substr(line, tab + 1)
	}
}

function read_transcript(  line, point, asking) {
	point = 1
	while ((getline line < transcript) > 0) {
		if (line ~ /^\? /)
			asking = 1
		else if (asking == 1 && line ~ /^  > /)
			asking = 2
		else if (asking == 2 && line !~ /^  > /)
			asking = 0
		if (asking)
			continue
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

# --- writing ---

# Blank lines at the end, and the indentation of the first line, are left out; a tab is
# four blanks.
function block(text, fence, limit,  lines, n, i, k, indent) {
	n = split(text, lines, "\n")
	while (n > 0 && lines[n] == "")
		n--
	if (limit && n > limit)
		fail("a listing of " n " lines: at most " limit \
			" are wanted, or the mark `long`")
	match(lines[1], /^\t*/)
	indent = RLENGTH
	print "```" fence
	for (i = 1; i <= n; i++) {
		if (fence == "c") {
			if (lines[i] ~ /(BEGIN|END) SOLUTION/)
				fail("a listing shows a solution")
			for (k = 0; k < indent; k++)
				sub(/^\t/, "", lines[i])
			gsub(/\t/, "    ", lines[i])
		}
		print lines[i]
	}
	print "```"
}

# <!-- listing: tag [long] --> or <!-- listing: file function [long] -->
function print_listing(words, n,  limit) {
	limit = most + 0
	if (words[n] == "long") {
		limit = 0
		n--
	}
	if (n == 2) {
		find(words[1], words[2])
		if (found == "")
			fail(words[1] " has no function or struct " words[2])
		print place(words[1], found_at, "")
		print ""
		block(found, "c", limit)
	} else {
		if (!(words[1] in listing))
			fail(source " has no [" words[1] "]")
		print where[words[1]]
		print ""
		block(listing[words[1]], "c", limit)
	}
}

# A text of the program as Markdown: what stands in back-quotes is left, signs that would
# mean something are not.
function plain(text,  parts, n, i, done) {
	n = split(text, parts, "`")
	for (i = 1; i <= n; i++) {
		if (i % 2 || i == n) {
			gsub(/&/, "\\&amp;", parts[i])
			gsub(/</, "\\&lt;", parts[i])
			gsub(/>/, "\\&gt;", parts[i])
			gsub(/\*/, "\\&#42;", parts[i])
			gsub(/_/, "\\&#95;", parts[i])
			gsub(/\$/, "\\&#36;", parts[i])
			gsub(/\[/, "\\&#91;", parts[i])
		}
		done = done (i > 1 ? "`" : "") parts[i]
	}
	return done
}

# Of the choice that is the i-th field of a prediction; the first is the fourth.
function letter(i) {
	return substr("abcdef", (i - 2) / 2, 1)
}

function print_prediction(which,  f, n, i) {
	if (!(("?" which) in number))
		fail("there is no prediction " which)
	n = split(number["?" which], f, "\t")
	print "> **Predict.** " plain(f[2])
	for (i = 4; f[1] == "choice" && i < n; i += 2)
		print (i == 4 ? ">\n" : "") "> " letter(i) ") " plain(f[i]) (i + 2 < n ? "<br>" : "")
	print ">\n> <details><summary>Answer</summary>\n>"
	if (f[1] == "number")
		print "> **" plain(f[3]) ".** " plain(f[4]) "\n>"
	for (i = 4; f[1] == "choice" && i < n; i += 2)
		print "> " (letter(i) == f[3] ? "**" f[3] ") is right.**" : letter(i) ")") " " \
			plain(f[i + 1]) "\n>"
	print "> </details>"
}

function numbers(line,  done, key, end) {
	done = ""
	while (match(line, /<!--=[^-> ][^> ]*-->/)) {
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

function links(line,  done, mark, words, end, at) {
	done = ""
	while (match(line, /<!--link: [^ ]+ [A-Za-z0-9_]+-->/)) {
		mark = substr(line, RSTART + 10, RLENGTH - 13)
		split(mark, words, " ")
		at = line_of(words[1], words[2])
		done = done substr(line, 1, RSTART + RLENGTH - 1)
		line = substr(line, RSTART + RLENGTH)
		end = index(line, "<!--/link-->")
		if (!end)
			fail("the link to " mark " is not closed by <!--/link-->")
		done = done "[`" words[1] ":" at "`](../../" words[1] "#L" at ")" "<!--/link-->"
		line = substr(line, end + 12)
	}
	return done line
}

BEGIN { read_sources(); read_values(); read_transcript() }

skipping {
	if ($0 != "<!-- /" skipping " -->")
		next
	skipping = ""
	print
	next
}
/^<!-- (listing|output|prediction): .* -->$/ {
	print
	skipping = substr($2, 1, length($2) - 1)
	mark = $0
	sub(/^<!-- [a-z]+: /, "", mark)
	sub(/ -->$/, "", mark)
	n = split(mark, words, " ")
	opened = FNR
	if (skipping == "listing")
		print_listing(words, n)
	else if (skipping == "prediction")
		print_prediction(mark)
	else if (mark in output)
		block(output[mark], "")
	else
		fail("there is no point [" mark "]")
	next
}
{ print links(numbers($0)) }
END {
	if (!failed && skipping) {
		printf "%s:%d: %s is not closed\n", FILENAME, opened, skipping > "/dev/stderr"
		exit 1
	}
}
