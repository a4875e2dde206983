#!/bin/sh
# The page that listens, as a user starts it: consent first; a browser that speaks, types, plays and looks; a hostile
# client; nothing is written. What needs node or Chromium is skipped where they are missing.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/serve/test_serve.sh
. "$(dirname "$0")/../../support/shell.sh"

"$program" stage --out stage --train 300 --validation 40 --test 10 >/dev/null &&
	"$program" train stage/corpus.csv --fusion gated --modality-dropout 0.2 --epochs 6 --quiet --out m.safetensors >/dev/null ||
	exit 1

# Pictures of stripes, for a model of faces with the same labels, so that the page offers its camera.
for split in train validation test; do
	width=2
	for label in anger fear joy neutral sadness surprise; do
		mkdir -p "pictures/$split/$label"
		width=$((width + 2))
		for i in 1 2 3; do
			{
				printf 'P2 48 48 255\n'
				awk -v width=$width -v i=$i 'BEGIN { for (n = 0; n < 48 * 48; n++) print int((n % 48 + i) / width) % 2 * 180 + 20 }'
			} >"pictures/$split/$label/$i.pgm"
		done
	done
done
"$program" import pictures pictures >pictures.csv 2>/dev/null &&
	"$program" train pictures.csv --modalities face --epochs 2 --quiet --out f.safetensors >/dev/null || exit 1

expect 2 'expected a model' "$program" serve
expect 2 'nobody has agreed' "$program" serve m.safetensors
expect 1 'none.safetensors' "$program" serve none.safetensors --i-am-the-speaker
expect 0 'Art. 50(3)' "$program" serve m.safetensors --i-am-the-speaker --seconds 0.1
expect 0 'http://127.0.0.1:' "$program" serve m.safetensors --i-am-the-speaker --seconds 0.1
if [ -c /dev/full ]; then
	expect 1 'address cannot be told' sh -c '"$0" serve m.safetensors --i-am-the-speaker --seconds 30 >/dev/full' "$program"
fi
expect 2 '--port' "$program" serve m.safetensors --i-am-the-speaker --port 65536
expect 0 'usage: emotionnet serve' "$program" serve --help

# begin SECONDS: starts it in an empty folder, with its address in $address and its number in $number.
begin() {
	: >address
	mkdir -p empty
	(cd empty && HOME=$PWD TMPDIR=$PWD XDG_CACHE_HOME=$PWD exec "$program" serve ../m.safetensors ../f.safetensors --i-am-the-speaker \
		--abstain 0.4 --seconds "$1" >../address 2>../told) &
	number=$!
	for i in 1 2 3 4 5 6 7 8 9 10; do
		[ -s address ] && break
		sleep 0.3
	done
	address=$(cat address)
}

# le32 N: as four bytes, the lower first.
le32() {
	for by in 1 256 65536 16777216; do printf "\\$(printf %03o $(($1 / by % 256)))"; done
}
# What the microphone hears: three voices with silence between them.
for clip in stage/test-00000.wav stage/test-00003.wav stage/test-00005.wav; do
	tail -c +45 $clip
	head -c 48000 /dev/zero
done >samples
size=$(wc -c <samples)
{
	printf RIFF
	le32 $((size + 36))
	printf 'WAVEfmt \020\0\0\0\1\0\1\0\200\076\0\0\0\175\0\0\2\0\020\0data'
	le32 "$size"
	cat samples
} >microphone.wav

# A second one on the same port is told so.
begin 60
port=${address#http://127.0.0.1:}
expect 1 "127.0.0.1:${port%%/*} cannot be listened on" "$program" serve m.safetensors --i-am-the-speaker --port "${port%%/*}"
if command -v node >/dev/null; then
	expect 0 ' 0 failures' node "$here/hostile.mjs" "$address"
else
	echo 'serve: skipped the hostile client: node is missing'
fi
kill -INT $number
wait $number
check 'Ctrl-C does not end it well' [ $? = 0 ]

if command -v node >/dev/null && command -v chromedriver >/dev/null && command -v chromium >/dev/null; then
	begin 200
	expect 0 ' 0 failures' node "$here/serve_check.mjs" "$address" microphone.wav stage/test-00000.wav $number
	wait $number
	check 'it did not end well' [ $? = 0 ]
else
	echo 'serve: skipped the look at the page: node, chromium or chromium-driver is missing'
fi
check "something was written: $(ls -A empty)" [ -z "$(ls -A empty)" ]
finish
