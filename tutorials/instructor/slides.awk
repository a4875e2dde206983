# Of a chapter.md what belongs on slides: its headings, and each drawing and each listing on a
# slide of its own. Formulas that follow each other share one.
# usage: awk -f slides.awk chapter.md | pandoc --section-divs ...

function slide(kind) {
	if (kind != "formula" || last != kind section)
		printf "\n## %s\n\n", section
	last = kind section
}

/^# / { sub(/^# +/, ""); print "# " $0; next }
/^## / && !code { section = substr($0, 4); next }
/^```/ {
	if (!code && !output)
		slide("code")
	code = !code
	if (!output)
		print
	next
}
/^<!-- output: / { output = 1 }
/^<!-- \/output/ { output = 0 }
output { next }
code { print; next }
/^\$\$/ {
	if (!formula)
		slide("formula")
	print
	formula = (/^\$\$.*\$\$$/ || formula) ? 0 : 1
	next
}
formula { print; if (/\$\$$/) formula = 0; next }
/^!\[/ { slide("drawing"); print }
