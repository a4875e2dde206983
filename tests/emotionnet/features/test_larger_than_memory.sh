#!/bin/sh
# A corpus whose frames are larger than the memory that the process may have trains from the cache, with the same
# bits; without a cache it cannot.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/features/test_larger_than_memory.sh
. "$(dirname "$0")/../../support/shell.sh"

# in KILOBYTES COMMAND...: the memory that no file stands behind is limited to so much
in_memory() { (
	ulimit -d "$1" || exit
	shift
	"$@"
); }
if ! in_memory 64000 "$program" --version >out 2>&1; then
	echo "skipped: no limit of memory here, or a build that needs more by itself"
	exit 0
fi

# 80 numbers 500 times a second: 0.3 MB an utterance
expect 0 '' "$program" stage --out corpus --train 200 --validation 10 --test 10
train() {
	"$program" train corpus/corpus.csv --modalities speech --hop 32 --mels 80 --no-pitch --normalise corpus \
		--speech-hidden 4 --epochs 1 --batch 8 --threads 2 --quiet --no-card "$@"
}
expect 0 '' train --no-cache --out plenty
expect 1 'out of memory' in_memory 64000 train --no-cache --out little
expect 0 '' in_memory 64000 train --cache kept --out little # makes the cache
expect 0 '' cmp plenty little
rm little
expect 0 '' in_memory 64000 train --cache kept --out little # reads it
expect 0 '' cmp plenty little
check 'the cache is as large as the limit' test "$(du -sk kept | cut -f 1)" -gt 64000
check 'a file without a name is left' test "$(ls kept | grep -vc '\.safetensors$')" = 0
finish
