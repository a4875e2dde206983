# What an exercise.c may not contain, found in it after the preprocessor: prints a
# sentence, or nothing.
# usage: cc -E -Itop exercise.c | awk -v own=tutorials/02-the-tape -f inspect.awk
#
# Lines are the student's unless they come from a system header or from one of the
# project's, which begin with top/. Other files may not be included: a solution, another's
# work, what is not C. Nor may there be a way round the C language: assembly, attributes
# (a constructor runs before main, an ifunc before that), pragmas.

function refuse(why) { print why; refused = 1; exit }

# "x" and 'x' hold nothing that is compiled.
function without_literals(line) {
	gsub(/\\./, "", line)
	gsub(/"[^"]*"/, "\"\"", line)
	gsub(/'[^']*'/, "''", line)
	return line
}

/^# [0-9]+ "/ {
	name = $0
	sub(/^# [0-9]+ "/, "", name)
	flags = name
	sub(/".*/, "", name)
	sub(/.*"/, "", flags)
	flags = flags " "
	entered = flags ~ / [12] /
	if (name == "exercise.c" || name ~ /^</ || name ~ /\/\/$/)
		students = 1
	else if (flags ~ / 3 /)
		students = 0
	else if (index(name, "top/") == 1) {
		if (name != current && !entered)
			refuse("It contains #line with the name of another file.")
		rest = substr(name, 5)
		students = 0
		if (rest ~ /\.\./ || rest !~ /\.h$/ ||
		    (rest !~ /^(tensor|autograd|layers|optim|audio|text)\// && index(rest, own "/") != 1))
			refuse("It includes " rest ". Headers of the system, of the library and of this exercise may be included, nothing else.")
	} else
		refuse("It includes " name ". Headers of the system, of the library and of this exercise may be included, nothing else.")
	if (entered && flags ~ / 1 / && name == "exercise.c")
		refuse("It includes itself.")
	current = name
	next
}
students && /^[ \t]*#[ \t]*pragma/ {
	if ($0 !~ /pragma[ \t]+(STDC|once|GCC[ \t]+diagnostic)/)
		refuse("It contains #pragma, which an exercise does not need.")
	next
}
students {
	if (match(" " without_literals($0) " ", /[^A-Za-z0-9_](asm|__asm|__asm__|__attribute|__attribute__|__declspec)[^A-Za-z0-9_]/))
		refuse("It contains asm or __attribute__, which an exercise does not need: plain C is asked for.")
}
