# The questions of all quiz.txt files as Markdown, to print. The seed decides the order of the questions within a
# chapter and of the choices: the same seed, the same sheet.
# usage: awk -v seed=7 [-v key=1] -f quiz_bank.awk tutorials/*/quiz.txt       key: with answers and replies

function random(most) { # from 1 to most
	state = (state * 16807) % 2147483647
	return state % most + 1
}

function shuffle(order, count,    i, place) {
	for (i = 1; i <= count; i++) {
		place = random(i)
		order[i] = order[place]
		order[place] = i
	}
}

function print_question(number, q,    order, i, c) {
	printf "\n%d. %s\n", number, text[q]
	if (is_number[q]) {
		for (c = 1; key && c <= choices[q]; c++)
			printf "    * %s%s: %s\n", sign[q, c] == "=" ? "**" choice[q, c] "**" : choice[q, c], "", reply[q, c]
		if (!key)
			print "\n    Answer: ____________"
		return
	}
	shuffle(order, choices[q])
	print ""
	for (i = 1; i <= choices[q]; i++) {
		c = order[i]
		printf "    %s) %s%s\n", substr("abcdefgh", i, 1),
			key && sign[q, c] == "+" ? "**" choice[q, c] "**" : choice[q, c],
			key ? ": " reply[q, c] "\\" : "\\"
	}
	printf "    %s) not sure\n", substr("abcdefgh", choices[q] + 1, 1)
}

function print_chapter(    order, i) {
	if (!questions)
		return
	printf "\n# Quiz of chapter %s\n", chapter
	shuffle(order, questions)
	for (i = 1; i <= questions; i++)
		print_question(i, order[i])
	split("", choices)
	questions = 0
}

BEGIN { state = (seed + 1) * 48271 % 2147483647 }
FNR == 1 {
	print_chapter()
	chapter = FILENAME
	sub(/^.*tutorials\//, "", chapter)
	sub(/\/.*/, "", chapter)
}
/^#/ { next }
/^\? / { text[++questions] = substr($0, 3); is_number[questions] = 0; last = "text"; next }
/^[-+=] / {
	q = questions
	sign[q, ++choices[q]] = substr($0, 1, 1)
	choice[q, choices[q]] = substr($0, 3)
	is_number[q] = is_number[q] || /^=/
	last = "choice"
	next
}
/^ +> / { sub(/^ +> /, ""); reply[questions, choices[questions]] = $0; last = "reply"; next }
/^ +/ {
	code = /^      /
	sub(/^ +/, "")
	more = code ? "\n\n        " $0 "\n" : " " $0
	if (last == "text") text[questions] = text[questions] more
	else if (last == "choice") choice[questions, choices[questions]] = choice[questions, choices[questions]] more
	else reply[questions, choices[questions]] = reply[questions, choices[questions]] more
}
END { print_chapter() }
