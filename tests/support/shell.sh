# What the shell's tests share. A test in tests/FOLDER/ reads it first:
#     . "$(dirname "$0")/../support/shell.sh"
# and ends with `finish`. It then has
#     $program   what is tested: EMOTIONNET, or build/emotionnet; an absolute path
#     $here      the test's own folder, $top the top of the tree
#     $folder    an empty folder, which is the current one and is removed at the end
#     expect, check   count a check each; what its command said is in $folder/out
set -u
program=$(realpath "${EMOTIONNET:-build/emotionnet}")
here=$(realpath "$(dirname "$0")")
top=$here
while [ ! -e "$top/Makefile" ]; do top=$(dirname "$top"); done
name=$(basename "$0" .sh)
name=${name#test_} name=${name#proof_}
folder=$(mktemp -d "/tmp/emotionnet-$name-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export XDG_CACHE_HOME="$folder/cache"
checks=0 failures=0

# failed WHAT: says so, with the first lines of what the command said.
failed() {
	failures=$((failures + 1))
	printf 'FAILED: %s\n' "$1"
	[ ! -s "$folder/out" ] || head -20 "$folder/out" | cut -c 1-300 | sed 's/^/  | /'
}

# expect STATUS "part of the output" COMMAND...: standard output and error together must contain the part.
expect() {
	status=$1 part=$2
	shift 2
	checks=$((checks + 1))
	"$@" >"$folder/out" 2>&1
	got=$?
	if [ "$got" != "$status" ] || { [ -n "$part" ] && ! grep -qF -- "$part" "$folder/out"; }; then
		failed "$*
  exit status $got, expected $status; expected to read: $part"
	fi
}

# check WHAT COMMAND...: the command succeeds.
check() {
	what=$1
	shift
	checks=$((checks + 1))
	"$@" >"$folder/out" 2>&1 || failed "$what"
}

# figures FILE: JSON or results without the times that it took.
figures() { sed 's/,"seconds":.*,"confusion"/,"confusion"/' "$@"; }

# same FILE FILE: the same figures but for times.
same() {
	figures "$1" >"$1.figures"
	figures "$2" >"$2.figures"
	check "$1 and $2 differ" cmp "$1.figures" "$2.figures"
}

# wav FILE PATTERN: one second of a buzz at 16 kHz, PCM of 16 bits.
wav() {
	printf 'RIFF\044\175\000\000WAVEfmt \020\000\000\000\001\000\001\000\200\076\000\000\000\175\000\000\002\000\020\000data\000\175\000\000' >"$1"
	yes "$2" | head -c 32000 >>"$1"
}

# corpus PAIRS TRAIN VALIDATION: a corpus whose words alone tell joy from anger: two utterances of each of so many
# speakers, of whom the first TRAIN are in the train split, the next VALIDATION in that, the others in the test.
corpus() {
	echo 'id,split,speaker,label,text,wav,start,end'
	for i in $(seq "$1"); do
		split=train
		[ "$i" -gt "$2" ] && split=validation
		[ "$i" -gt $(($2 + $3)) ] && split=test
		echo "j$i,$split,s$i,joy,I am so glad and happy today,,,"
		echo "a$i,$split,s$i,anger,\"I am furious, go away\",,,"
	done
}

# looked_at PAGE...: opened in headless Chromium where that and its driver are there.
looked_at() {
	if command -v node >/dev/null && command -v chromedriver >/dev/null && command -v chromium >/dev/null; then
		expect 0 ' 0 failures' node "$top/tests/emotionnet/page/page_check.mjs" "$@"
	else
		echo "$name: skipped the look at the pages: node, chromium or chromium-driver is missing"
	fi
}

# The last line of a test, and its exit status; WHAT more there is to tell.
finish() {
	printf '%s: %s%d checks, %d failures\n' "$name" "${1:-}" $checks $failures
	[ $failures = 0 ]
}
