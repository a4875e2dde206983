#!/bin/sh
# listen: the same answers from a file, a pipe and plain samples; consent first; turns, words, a rate of its own;
# an interruption and a reader that goes away; what is lost is counted; nothing is written.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/command/test_listen.sh
. "$(dirname "$0")/../../support/shell.sh"
me=--i-am-the-speaker
field() { sed -n "s/.*\"$1\":\\([^,}]*\\).*/\\1/p" | tail -n 1; }

check 'the embedded corpus' "$program" stage --out st --train 40 --validation 12 --test 8
check 'a streaming model' "$program" train st/corpus.csv --streaming --modalities speech --epochs 2 --quiet --out s
check 'one of an LSTM' "$program" train st/corpus.csv --streaming --speech-encoder lstm-causal --modalities speech \
	--epochs 1 --quiet --out l
check 'one that reads words too' "$program" train st/corpus.csv --streaming --fusion late --epochs 1 --quiet --out w
check 'one that is not causal' "$program" train st/corpus.csv --modalities speech --epochs 1 --quiet --out again
clip=st/test-00000.wav
data=$(LC_ALL=C grep -abo data $clip | head -n 1 | cut -d : -f 1)
tail -c +$((data + 9)) $clip >plain-samples

# --- what does not stream is refused when it is trained
expect 2 'looks into the future' "$program" train st/corpus.csv --streaming --speech-encoder lstm --out x
expect 2 'needs all of a clip' "$program" train st/corpus.csv --streaming --normalise utterance --out x
expect 2 'listen cuts turns by itself' "$program" train st/corpus.csv --streaming --trim --out x
expect 2 'expected speech' "$program" train st/corpus.csv --streaming --modalities text --out x

# --- nobody is heard unasked, and the law comes first
expect 2 'nobody has agreed' "$program" listen s --wav $clip
expect 0 'Regulation (EU) 2024/1689' "$program" listen s $me --wav $clip
printf 'who: Ana\nwhen: 2020-01-01\nfor: a test\nuntil: 2020-01-02\n' >old
expect 2 'ask again' "$program" listen s --consent old --wav $clip

# --- one turn is what predict says, to the last digit, from a file, a pipe and plain samples
answers() { "$program" listen "$@" $me --quiet --end 0 2>err; }
for model in s l again; do
	expected=$("$program" predict $model --wav $clip --json | sed 's/.*"probabilities":{\([^}]*\)}.*/\1/')
	answers $model --wav $clip >file
	cat $clip | answers $model >pipe
	answers $model <plain-samples >plain
	for from in file pipe plain; do
		said=$(grep '"final"' $from | sed 's/.*"probabilities":{\([^}]*\)}.*/\1/')
		check "$model from $from: expected $expected, found $said" [ "$said" = "$expected" ]
		check "$model from $from: provisional answers" grep -q '"provisional"' $from
		check "$model from $from: nothing is lost" [ "$(field dropped <$from)" = 0 ]
	done
done
expect 0 'reads the turn so far again' "$program" listen again $me --wav $clip
expect 0 'plain samples of 16 bits, 8000 a second, channels: 2' sh -c '"$0" listen s --i-am-the-speaker --rate 8000 --channels 2 <plain-samples' "$program"
check 'nothing is said of a WAV' sh -c '! "$0" listen s --i-am-the-speaker --wav "$1" 2>&1 | grep "no WAV"' "$program" $clip
expect 0 '"expressed":null' "$program" listen s $me --wav $clip --abstain 1
expect 0 '"sure":0,' "$program" listen s $me --wav $clip --abstain 1
expect 0 '"sure":1,' "$program" listen s $me --wav $clip --abstain 0
expect 1 'no such file' sh -c '"$0" listen s --i-am-the-speaker --wav nowhere 2>&1 | tr N n; exit 1' "$program"
expect 1 'reads no words' "$program" listen s $me --wav $clip --text st/corpus.csv
expect 1 'found a folder' "$program" listen w $me --wav $clip --text st
expect 1 'found FLAC' sh -c 'printf "fLaC1234567890" | "$0" listen s --i-am-the-speaker' "$program"
expect 0 '"turns":0' sh -c '"$0" listen s --i-am-the-speaker </dev/null' "$program"

# --- turns: the clip, a second and a half of silence, and the clip again
head -c 48000 /dev/zero >silence
cat plain-samples silence plain-samples silence >two
"$program" listen s $me --quiet <two >turns 2>err
check 'two turns' [ "$(field turns <turns)" = 2 ]
printf 'so glad today\nI hate it\n' >said
"$program" listen w $me --quiet --text said <two >turns 2>err
check 'a line a turn' sh -c 'grep "\"turn\":1,.*final\|final.*\"turn\":1," "$1" | grep -q "so glad today"' - turns
check 'the second of the second' sh -c 'grep "final" "$1" | grep "\"turn\":2," | grep -q "I hate it"' - turns
check 'both take part' grep -q '"from":\["text","speech"\]' turns
mkfifo fifo
{ sleep 1; echo 'so glad'; } >fifo &
"$program" listen w $me --quiet --pace --text fifo --wav $clip >late 2>err
check 'words from a pipe, when they come' sh -c 'grep -v "so glad" "$1" | grep -q provisional && grep -q "so glad" "$1"' - late
wait

{ cat $clip; sleep 2; } | "$program" listen s $me --quiet >paused 2>err
most=$(field most <paused)
check "waiting for the end is no time of an answer: $most ms" awk "BEGIN { exit !($most < 1500) }"

# --- the speed of sound, an interruption, a reader that goes away
began=$(date +%s)
"$program" listen s $me --quiet --pace <two >paced 2>err &
pid=$!
sleep 2.5
kill -INT $pid
wait $pid
check 'an interruption is a clean end' [ $? = 0 ]
check 'and does not wait for the rest' [ $(($(date +%s) - began)) -lt 20 ]
check 'with the final lines' sh -c 'tail -n 1 "$1" | grep -q "\"answer\":\"end\""' - paced
heard=$(field seconds <paced)
check "after two seconds and a half it has heard $heard s" awk "BEGIN { exit !($heard > 0.5 && $heard < 8) }"
"$program" listen s $me --quiet --pace --wav $clip 2>err | head -n 1 >one
check 'a broken pipe is no crash' grep -q provisional one
check 'nor a message from the system' sh -c '! grep -qi "abort\|segmentation" err'

# --- what an answer is worth meanwhile: at the end what evaluate says
for model in s again; do
	"$program" evaluate $model st/corpus.csv --allow-speaker-leak --json >whole 2>err
	"$program" evaluate $model st/corpus.csv --allow-speaker-leak --live --json --svg course.svg >course 2>err
	expected=$(grep -o '"accuracy":[^,]*' whole | head -n 1)
	check "$model heard to the end has the accuracy of evaluate, $expected" \
		[ "$(grep -o '"accuracy":[^,]*' course | tail -n 1)" = "$expected" ]
	check "$model: changes a minute" grep -q '"changes_a_minute":[0-9]' course
	check 'the drawing' grep -q 'Right answers by the seconds' course.svg
done
expect 0 'seconds heard' "$program" evaluate s st/corpus.csv --allow-speaker-leak --live
check 'one that reads words alone' "$program" train st/corpus.csv --modalities text --epochs 1 --quiet --out t
expect 1 'reads no sound' "$program" evaluate t st/corpus.csv --allow-speaker-leak --live
expect 2 'expected --live too' "$program" evaluate s st/corpus.csv --svg x.svg
expect 2 'beside it' "$program" evaluate s st/corpus.csv --live --by kind
expect 2 'beside it' "$program" evaluate s st/corpus.csv --live --abstain 0.5

# --- nothing is written
ls -R st . | sort >../listen-before-$$
if command -v strace >/dev/null && strace -o trace true 2>/dev/null; then
	strace -f -e trace=open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat -o trace \
		"$program" listen s $me --wav $clip >out 2>&1
	check 'the trace has the sound' grep -q "$clip" trace
	check 'no file is opened to write, made or renamed' \
		sh -c '! grep -E "O_WRONLY|O_RDWR|O_CREAT|creat\(|unlink|rename|mkdir" trace | grep -v "/dev/"'
	rm -f trace
else
	echo 'listen: skipped the trace of system calls: there is no strace that works here'
fi
ls -R st . | sort >../listen-after-$$
check 'nothing new lies about' cmp ../listen-before-$$ ../listen-after-$$
rm -f ../listen-before-$$ ../listen-after-$$
finish
