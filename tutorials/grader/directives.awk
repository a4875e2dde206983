# What an exercise.c may not ask of the preprocessor, seen before the preprocessor runs: prints
# a sentence, or nothing. What hides from it here (behind a comment, say) is seen afterwards
# (inspect.awk).

function refuse(why) { print why; exit }

{
	line = line $0
	sub(/\r$/, "", line)
	if (sub(/\\$/, "", line))
		next
	if (line ~ /__has_include|__has_embed|\?\?\//)
		refuse("It asks which files there are, or has ??/ in it, which an exercise does not need.")
	if (line ~ /^[ \t]*(#|%:)[ \t]*(embed|line|[0-9])/)
		refuse("It contains #line or #embed, which an exercise does not need.")
	if (line ~ /^[ \t]*(#|%:)[ \t]*(include|import)/ &&
	    line !~ /include[ \t]*(<[A-Za-z0-9_\/.]*\.h>|"[A-Za-z0-9_\/.-]*\.h")/)
		refuse("It includes what is no header (" substr(line, 1, 60) ").")
	line = ""
}
