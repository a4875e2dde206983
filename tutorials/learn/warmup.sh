#!/bin/sh
# Compiles one warm-up and runs it. Status: 0 it is right, 1 it is not, 2 it could not be tried.
# usage: OBJECTS=build/sanitize tutorials/learn/warmup.sh CHAPTER FILE [FOLDER]; after
#        make MODE=sanitize CH=02 warmups-build.
chapter=$1 file=$2 folder=${3:-build/exercises/$1/$(basename "$2" .c)}
how=${OBJECTS:?is set by make learn}/tutorials/$chapter/compile_warmup
mkdir -p "$folder" || exit 2
[ -f "$file" ] || { echo "$file: there is no such file."; exit 2; }

# shellcheck disable=SC2046
$(sed -n 1p "$how") -Werror=return-type -Werror=implicit-function-declaration \
	"$file" $(sed -n 2p "$how") -o "$folder/warmup" 2>"$folder/compiler.txt" || {
	echo 'It does not compile:'
	head -30 "$folder/compiler.txt"
	exit 1
}
cat "$folder/compiler.txt"
ASAN_OPTIONS=detect_leaks=0:color=never "$folder/warmup" >"$folder/printed.txt" 2>&1 </dev/null
status=$?
# Of what the sanitizers report, the lines that name the mistake and the place.
awk -v file="$file" '/^=====/ { report = 1 }
	/runtime error:/ { print; report = 1 }
	report && /ERROR: AddressSanitizer/ { sub(/.*ERROR: AddressSanitizer: /, ""); print "  " $0 }
	report && index($0, file) && !told++ { sub(/.* in /, ""); print "  in " $0 }
	!report' "$folder/printed.txt"
[ $status = 0 ] && tail -1 "$folder/printed.txt" | grep -q 'checks passed\.$' && exit 0
exit 1
