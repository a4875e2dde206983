# How long a chapter.md is, and how long it takes to read:
# usage: awk -f reading.awk chapter.md      prints "words lines figures formulas predictions minutes"
#
# The rule: text 100 words a minute, listings 10 lines a minute, a drawing, a formula on a
# line of its own and a prediction one minute each. What a program printed, and what the
# marks hold, is not counted.

/^<!-- output: /      { shown = 1 }
/^<!-- \/output -->/   { shown = 0; next }
/^<!-- prediction: /   { predictions++; asked = 1 }
/^<!-- \/prediction -->/ { asked = 0; next }
shown || asked { next }
/^```/ { code = !code; next }
code { lines++; next }
/^\$\$.*\$\$$/ { formulas++; next }
/^\$\$/ { formulas += !formula; formula = !formula; next }
formula { formula = !/\$\$$/; next }
/^<sub>.*<\/sub>$/ { next }
{
	figures += gsub(/!\[[^\]]*\]\([^)]*\)/, "")
	gsub(/<!--[^>]*-->/, "")
	gsub(/<[^>]*>/, "")
	gsub(/\]\([^)]*\)/, "")
	words += NF
}
END {
	minutes = words / 100 + lines / 10 + figures + formulas + predictions
	print words + 0, lines + 0, figures + 0, formulas + 0, predictions + 0, int(minutes + 0.5)
}
