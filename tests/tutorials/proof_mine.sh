#!/bin/sh
# MINE=1 in a handout: for every k the parts 1 to k (the reference solutions, as if passed) link, run their chapters and
# train as well as the library within its interval, in under five minutes; nobody speaks of bits or of speed; a wrong
# product stops and says where; no chapter needs anything of a later one. EVERY=1 takes every k, as make proof does;
# without it four of them.
. "$(dirname "$0")/../support/shell.sh"
cd "$top" || exit 1
tutorials/handout/handout.sh "$folder/handout" >/dev/null || exit 1
# Objects of the same sources, to save their time: make compares times, which the handout keeps.
[ ! -d build/release ] || { mkdir "$folder/handout/build" && cp -Rp build/release "$folder/handout/build/"; }
rm -rf "$folder/handout/build/mine" && cd "$folder/handout" || exit 1

for chapter in tutorials/[0-9]*; do
	number=$(basename "$chapter" | cut -c 1-2)
	later=$(grep -h '^#include "tutorials/[0-9]' "$chapter"/*.[ch] 2>/dev/null |
		sed 's,.*"tutorials/\([0-9]*\).*,\1,' | awk -v own="$number" '$1 > own' | tr '\n' ' ')
	check "$chapter includes what belongs to a later chapter: $later" [ -z "$later" ]
done

train() { # program: accuracy of late fusion, and the ends of its interval
	"$1" compare --plain --fusion late --stage 300,100,300 --epochs 6 --speech-hidden 64 --hop 320 --pitch \
		--dropout 0.1 --rate 0.003 --schedule one-cycle --json 2>/dev/null | tr '{' '\n' |
		sed -n 's/.*"strategy":"late".*"accuracy":\([0-9.]*\),.*"accuracy_interval":\[\([0-9.]*\),\([0-9.]*\)\].*/\1 \2 \3/p'
}

expect 2 'no part B has been passed yet' make -s chapter CH=01 MINE=1
check 'the library does not build' make -s
library=$(train build/emotionnet)
check "the library is not trained: $library" [ "$(echo "$library" | wc -w)" = 3 ]

try_parts() { # chapter: with it and all before it
	began=$(date +%s)
	make -s chapter "CH=$1" MINE=1 </dev/null >"$folder/said" 2>&1
	status=$?
	check "chapter $1 with the parts so far: $(tail -5 "$folder/said")" [ $status = 0 ]
	grep -n -i -w -e bits -e "times as fast" "$folder/said" >"$folder/bits"
	check "chapter $1 speaks of bits or of speed: $(cat "$folder/bits")" [ ! -s "$folder/bits" ]
	make -s build/mine/emotionnet >"$folder/said" 2>&1
	status=$?
	check "the program with the parts up to $1 does not link: $(tail -5 "$folder/said")" [ $status = 0 ]
	mine=$(train build/mine/emotionnet)
	check "parts up to $1: accuracy $mine, of the library $library" \
		sh -c "echo '$mine $library' | awk '{ exit !(NF == 6 && \$1 >= \$5 && \$1 <= \$6) }'"
	seconds=$(($(date +%s) - began))
	check "parts up to $1: $seconds s" [ $seconds -lt 300 ]
}
last=$(ls tutorials/*/mine.c | tail -1 | sed 's,tutorials/\([0-9]*\).*,\1,')
tried() { [ "${EVERY:-}" ] || case $1 in 01 | 05 | 10 | "$last") ;; *) false ;; esac; }
for part in tutorials/*/mine.c; do
	chapter=$(basename "$(dirname "$part")")
	mkdir -p ".progress/passed/$chapter" && cp "$top/tutorials/$chapter/exercise.c" ".progress/passed/$chapter/"
	! tried "${chapter%%-*}" || try_parts "${chapter%%-*}"
done

# Frames that were cached by other code are not taken: a part is changed, or gone, or the library's own front end is.
build/emotionnet stage --out "$folder/stage" --train 12 --validation 0 --test 0 >/dev/null
entries() { # PROGRAM: how many it has made so far
	make -s "$1" >"$folder/said" 2>&1
	"$1" train "$folder/stage/corpus.csv" --modalities speech --epochs 1 --quiet --cache "$folder/frames" \
		--out "$folder/m" >"$folder/said" 2>&1
	ls "$folder/frames" | wc -l
}
product=.progress/passed/01-tensors/exercise.c
check 'cached frames: made once' [ "$(entries build/mine/emotionnet) $(entries build/mine/emotionnet)" = '12 12' ]
echo '/* another product */' >>$product
check 'cached frames: a changed part makes them anew' [ "$(entries build/mine/emotionnet)" = 24 ]
mv $product "$folder/product.c"
check 'cached frames: without a part they are others' [ "$(entries build/mine/emotionnet)" = 36 ]
mv "$folder/product.c" $product
check 'cached frames: with it they are there again' [ "$(entries build/mine/emotionnet)" = 36 ]
check 'cached frames: the library has its own' [ "$(entries build/emotionnet)" = 48 ]
echo '/* another spectrogram */' >>audio/mel/mel.c
check 'cached frames: changed code makes them anew' [ "$(entries build/emotionnet) $(entries build/mine/emotionnet)" = '60 72' ]

# Who goes back to an earlier chapter has the later parts as well.
for part in tutorials/*/mine.c; do
	chapter=$(basename "$(dirname "$part")")
	! tried "${chapter%%-*}" || expect 0 'Next: ' make -s chapter "CH=${chapter%%-*}" MINE=1
done

# A wrong part that passed nevertheless stops at its first use and names its exercise.
sed -i 's/float sum = b/float sum = -b/' .progress/passed/03-first-network/exercise.c
expect 2 'make exercise CH=03' make -s chapter CH=03 MINE=1
sed -i 's/sum += a/sum -= a/' .progress/passed/01-tensors/exercise.c
expect 2 'make exercise CH=01' make -s chapter CH=01 MINE=1
# In a later chapter the product is seen where no other part has taken its place.
rm -rf .progress/passed/0[2-9]*
expect 2 'make exercise CH=01' make -s chapter CH=03 MINE=1
finish
