#!/bin/sh
# The command line as a user meets it: help, a small run of every command, and every bad input, each with its
# exit status and message. usage: EMOTIONNET=build/emotionnet tests/emotionnet/command/test_cli.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }

wav joy.wav 'abcdefgh'
wav anger.wav 'zzz zzzz, zzz'
# "glad" words and one buzz go with joy, "furious" words and another buzz with anger.
corpus 12 8 2 | sed '/,joy,/s/,,,$/,joy.wav,,/; /,anger,/s/,,,$/,anger.wav,,/' >good.csv
small='--epochs 12 --rate 0.02 --dropout 0 --min-count 1 --quiet --embed 8 --text-hidden 8 --speech-hidden 8 --fusion-hidden 8'

# --- help and usage
expect 0 'usage: emotionnet COMMAND' emotionnet --help
expect 0 'emotionnet 0.' emotionnet --version
for command in import train evaluate predict compare curve baseline corpus pair voice show; do
	expect 0 "usage: emotionnet $command" emotionnet $command --help
	expect 2 'is not known' emotionnet $command --no-such-option
done
expect 0 'words and the sound under them' emotionnet train --help
expect 0 'words and the sound under them' emotionnet compare --help
expect 2 'usage: emotionnet COMMAND' emotionnet
expect 2 'Did you mean train?' emotionnet trian
expect 2 'expected one corpus' emotionnet train --out m
expect 2 '--out says where' emotionnet train good.csv
expect 2 '--out ./good.csv: would write over good.csv, which is read' emotionnet train good.csv --out ./good.csv
expect 2 '--svg ./good.csv: would write over good.csv' emotionnet curve good.csv --svg ./good.csv
cp good.csv good.html
expect 2 '--report good.html: would write over good.html' emotionnet compare good.html --report good.html
expect 2 '--vocabulary good.csv: would write over good.csv' emotionnet corpus good.csv --vocabulary good.csv
expect 1 'expected the name of a file, found nothing' emotionnet train good.csv --out ''
expect 2 'fusion "telepathy" is not known: expected one of early, middle, late' emotionnet train good.csv --out m --fusion telepathy
expect 2 'expected text, speech, face or several of them' emotionnet train good.csv --out m --modalities smell
expect 2 'expected a whole number from 1' emotionnet train good.csv --out m --epochs 0
expect 2 'Did you mean --epochs?' emotionnet train good.csv --out m --epoch 3
expect 2 'nothing to predict from' emotionnet predict m
expect 2 'corpus "nobody" is not known' emotionnet import nobody .
expect 2 '  ravdess      RAVDESS: acted English speech' emotionnet import
expect 2 'fold: the importer of emodb does not know it. Known to: ravdess, iemocap' emotionnet import emodb . --fold 1
expect 2 'expected a model and a corpus' emotionnet evaluate m
expect 2 'expected --text and --speech' emotionnet pair --text good.csv

# --- every command on a good corpus
for modalities in text speech text,speech; do
	for fusion in early middle late; do
		expect 0 '' emotionnet train good.csv $small --modalities $modalities --fusion $fusion --out m.safetensors
		expect 0 '"n":4,' emotionnet evaluate m.safetensors good.csv --json
	done
done
expect 0 '' emotionnet train good.csv $small --modalities text --out text.safetensors
expect 0 '"accuracy":1.000000' emotionnet evaluate text.safetensors good.csv --json
expect 0 'always the commonest class: 0.500' emotionnet evaluate text.safetensors good.csv
expect 0 '{"label":"joy","probabilities":{"anger":' emotionnet predict text.safetensors --text 'I am so glad and happy today' --json
expect 0 'anger' emotionnet predict text.safetensors --text 'I am furious, go away'
# an answer that rests on nothing says so, in JSON too
expect 0 'Note: the text is empty' emotionnet predict text.safetensors --text ''
expect 0 '"remarks":["none of the words is known' emotionnet predict text.safetensors --text 'qwe zxcv' --json
expect 0 'Note: none of the words is known' emotionnet explain text.safetensors --text 'qwe zxcv'
expect 1 '--text: byte 3: expected UTF-8, found 0xE9' emotionnet predict text.safetensors --text "$(printf 'caf\351')"
expect 1 'reads text only' emotionnet predict text.safetensors --wav joy.wav
expect 0 '' emotionnet train good.csv $small --fusion middle --out middle.safetensors
expect 0 '"label":' emotionnet predict middle.safetensors --wav joy.wav --text 'glad' --json
expect 1 'cannot do without --wav' emotionnet predict middle.safetensors --text 'glad'
expect 1 'cannot do without one' emotionnet evaluate middle.safetensors good.csv --modalities text
expect 1 'reads text only: it cannot be measured with speech' emotionnet evaluate text.safetensors good.csv --modalities speech
expect 0 '' emotionnet train good.csv $small --fusion late --out late.safetensors
expect 0 '"label":' emotionnet predict late.safetensors --text 'glad' --json
expect 0 '"label":' emotionnet predict late.safetensors --wav anger.wav --json
# nothing to tell apart, nothing left to measure
grep -v anger good.csv >one.csv
expect 1 'expected two labels at least in the train split, found joy alone' emotionnet train one.csv --modalities text --out m
sed 's/^\(.*,test,.*\),joy,/\1,bliss,/; s/^\(.*,test,.*\),anger,/\1,wrath,/' good.csv >strange.csv
expect 1 'nothing of the test split can be used: all of its 4 utterances' emotionnet evaluate text.safetensors strange.csv --skip-bad
sed '/,test,.*,anger,/d' good.csv >joyful.csv
expect 0 'over the 1 of 2 classes that the split has' emotionnet evaluate text.safetensors joyful.csv
expect 0 '"classes_present":1,' emotionnet evaluate text.safetensors joyful.csv --json
# a recording of the train split that is in the test split too, by another name
cp joy.wav joy2.wav
sed '/,test,/s/joy.wav/joy2.wav/' good.csv >copied.csv
expect 0 '2 recordings stand more than once' emotionnet corpus copied.csv
expect 0 'clips outside of the train split are recordings that are in it too' emotionnet train copied.csv --modalities speech --epochs 1 --quiet --out m
# one clip is treated as a clip of a corpus is
head -c 48 joy.wav >short.wav
expect 1 'short.wav: ' emotionnet predict late.safetensors --wav short.wav
expect 0 '' emotionnet predict late.safetensors --wav short.wav --skip-bad
{ head -c 44 joy.wav; head -c 32000 /dev/zero; } >silence.wav
expect 0 '"remarks":["the clip is silent' emotionnet predict late.safetensors --wav silence.wav --json
expect 0 'Note: the clip is silent' emotionnet voice silence.wav
{ head -c 44 joy.wav; head -c 32000 /dev/zero | tr '\0' '@'; } >constant.wav # no silence of zeros, but no sound
expect 0 'Note: the clip is silent' emotionnet predict late.safetensors --wav constant.wav
head -c 204 joy.wav >short.wav
expect 0 '"remarks":["the end of the recording is missing' emotionnet voice short.wav --json --skip-bad
expect 0 'nothing in the clip lasts as long as a sound of speech' emotionnet voice short.wav --skip-bad
expect 0 'Used what is there: short.wav: byte 44' emotionnet show short.wav --skip-bad
expect 0 'Used what is there: command line:0: -: byte 44' emotionnet predict late.safetensors --wav - --skip-bad <short.wav
# less was recorded than the model learnt from: told of a clip, and of a corpus, from the cache too
slower() { # FILE NEW: the same samples, 8000 of them a second
	{
		head -c 24 "$1"
		printf '\100\037\000\000\200\076\000\000'
		tail -c +33 "$1"
	} >"$2"
}
slower joy.wav joy8.wav
slower anger.wav anger8.wav
sed 's/joy.wav/joy8.wav/; s/anger.wav/anger8.wav/' good.csv >slow.csv
fewer='fewer samples a second than'
expect 0 "Note: the clip has $fewer" emotionnet predict late.safetensors --wav joy8.wav
for time in first second; do
	expect 0 "Note: 4 clips have $fewer" emotionnet evaluate late.safetensors slow.csv --cache rates
done
expect 0 '' emotionnet train slow.csv $small --modalities speech --cache rates --out slow.safetensors
for command in 'predict slow.safetensors --wav joy8.wav' 'evaluate slow.safetensors slow.csv' 'evaluate slow.safetensors good.csv'; do
	emotionnet $command >said 2>&1
	expect 1 '' grep "$fewer" said
done
# two channels of opposite phase: either is heard alone, by every command, and the cache keeps them apart
stereo() { # FILE BYTES: the two samples of each frame, over and over
	{
		head -c 22 joy.wav
		printf '\002\000\200\076\000\000\000\372\000\000\004\000\020\000data\000\175\000\000'
		for i in 1 2 3 4 5 6 7 8 9 10; do printf "$2"; done >frames
		for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat frames frames >more && mv more frames; done
		head -c 32000 frames
	} >"$1"
}
stereo joy2.wav '\000\020\000\360\000\360\000\020'
stereo anger2.wav '\000\040\000\340\000\100\000\300'
sed 's/joy.wav/joy2.wav/; s/anger.wav/anger2.wav/' good.csv >stereo.csv
expect 1 'cancel each other in their mean. Take one of them: --channel 1' emotionnet train stereo.csv $small --modalities speech --out m
expect 0 '' emotionnet train stereo.csv $small --channel 2 --out m
expect 1 'cancel each other' emotionnet evaluate m stereo.csv
expect 0 '"n":4' emotionnet evaluate m stereo.csv --channel 1 --json
expect 0 '"strategy":"early"' emotionnet compare stereo.csv $small --fusion early --channel 2 --plain --json
stereo joy2.wav '\000\020\000\001\000\360\000\001'
for channel in 1 2; do
	expect 0 '' emotionnet train stereo.csv $small --channel $channel --cache channels --out channel$channel
done
expect 1 'differ' cmp channel1 channel2
# a recording that was cut short is told each time, and refused each time: the cache does not keep it
head -c 20000 joy.wav >cut.wav
sed 's/joy.wav/cut.wav/' good.csv >cut.csv
for time in first second; do
	expect 0 'Used what is there: cut.csv:' emotionnet train cut.csv $small --cache cuts --skip-bad --out m
	expect 1 'the file ends after 19956' emotionnet train cut.csv $small --cache cuts --out m
done
emotionnet predict late.safetensors --wav joy.wav --json >file.json
expect 0 "$(cat file.json)" emotionnet predict late.safetensors --wav - --json <joy.wav
expect 0 'frames' emotionnet explain late.safetensors --wav - --json <joy.wav
expect 0 '"id":"-","pitch.level":' emotionnet voice - --json <joy.wav
expect 0 '' emotionnet show - <joy.wav
expect 1 '-: standard input is closed' emotionnet show - <&-
# no picture or page is written over the model or the sound that it shows
cp joy.wav sound.png
cp late.safetensors model.html
expect 2 'sound.png, which is read' emotionnet show sound.png --out ./sound.png
expect 2 'sound.png, which is read' emotionnet explain late.safetensors --wav sound.png --out ./sound.png
expect 2 'model.html, which is read' emotionnet explain model.html --wav joy.wav --out ./model.html
expect 0 '' cmp joy.wav sound.png
expect 0 '' cmp late.safetensors model.html
expect 0 '"n":4,' emotionnet evaluate late.safetensors good.csv --modalities speech --json
expect 0 '' emotionnet train good.csv $small --fusion middle --modality-dropout 0.3 --out dropped.safetensors
expect 0 '"label":' emotionnet predict dropped.safetensors --text 'glad' --json
expect 0 '"strategy":"early"' emotionnet compare good.csv $small --fusion early --json
expect 0 '' emotionnet train good.csv $small --fusion gated --auxiliary 0.3 --modulate 0.5 --pretrain 3 --freeze-encoders --out joint.safetensors
expect 0 '"by":{"column":"speaker"' emotionnet evaluate joint.safetensors good.csv --by speaker --json
expect 0 's11 ' emotionnet evaluate joint.safetensors good.csv --by speaker
expect 1 'has no column "mood": expected one of speaker, label' emotionnet evaluate joint.safetensors good.csv --by mood
expect 0 '' emotionnet train good.csv $small --fusion middle --pitch --out pitch.safetensors
expect 0 '' emotionnet evaluate pitch.safetensors good.csv
expect 2 '--freeze-encoders: expected --pretrain N too' emotionnet train good.csv --freeze-encoders --out m
expect 2 'expected fewer than the 5 of --epochs' emotionnet train good.csv --pretrain 5 --epochs 5 --out m
expect 0 'text only' emotionnet compare good.csv $small --fusion middle --seeds 2

# --- progress: plain lines in a pipe, nothing when quiet
emotionnet train good.csv --epochs 2 --min-count 1 --modalities text --out m.safetensors >out.txt 2>err.txt
expect 0 '' grep '^middle: 1/2 loss ' err.txt
emotionnet train good.csv $small --modalities text --out m.safetensors >out.txt 2>err.txt
expect 0 '' cmp out.txt /dev/null
expect 0 '' cmp err.txt /dev/null

# --- the same seed, the same bits, for any number of threads
for threads in 1 2 3; do
	emotionnet train good.csv $small --seed 7 --threads $threads --out bits.$threads.safetensors >/dev/null
done
expect 0 '' cmp bits.1.safetensors bits.2.safetensors
expect 0 '' cmp bits.1.safetensors bits.3.safetensors
emotionnet train good.csv $small --seed 8 --out bits.8.safetensors >/dev/null
expect 1 'differ' cmp bits.1.safetensors bits.8.safetensors

# --- varied copies, masks, trimmed silence: the same bits too, resumed or not; what would change nothing is refused
varied='--copies 2 --noise 15 --speed 0.1 --gain 6 --mask-bands 6 --mask-frames 20 --trim --normalise speaker'
for threads in 1 3; do
	emotionnet train good.csv $small --modalities speech $varied --threads $threads --out varied.$threads.safetensors
done
expect 0 '' cmp varied.1.safetensors varied.3.safetensors
emotionnet train good.csv $small --modalities speech $varied --epochs 12 --resume --out varied.whole.safetensors
emotionnet train good.csv $small --modalities speech $varied --epochs 5 --resume --out varied.cut.safetensors
emotionnet train good.csv $small --modalities speech $varied --epochs 12 --resume --out varied.cut.safetensors
expect 0 '' cmp varied.whole.safetensors varied.cut.safetensors
for change in '--vary-seed 2' '--mask-bands 0' '--noise 0' '--copies 1' '--normalise running'; do
	emotionnet train good.csv $small --modalities speech $varied $change --out varied.other.safetensors
	expect 1 'differ' cmp varied.1.safetensors varied.other.safetensors
done
expect 0 '' emotionnet predict varied.1.safetensors --wav joy.wav --reference anger.wav
expect 2 'expected --copies N too' emotionnet train good.csv --noise 10 --out m
expect 2 'they would all be the same' emotionnet train good.csv --copies 2 --out m
expect 2 'change the sound, but none is read' emotionnet train good.csv --modalities text --mask-frames 4 --out m
expect 2 'corpus, speaker, utterance or running' emotionnet train good.csv --normalise room --out m

# --- how many words are not known
sed 's/^j11,\(.*\)happy today/j11,\1merry tonight/' good.csv >unknown.csv
expect 0 '0.0 % of the train' emotionnet train unknown.csv --epochs 1 --min-count 1 --modalities text --out m.safetensors
expect 0 '% of the test split' emotionnet train unknown.csv --epochs 1 --min-count 1 --modalities text --out m.safetensors

# --- a bad manifest
expect 1 'none.csv' emotionnet train none.csv --out m
sed 's/,label,/,mood,/' good.csv >bad.csv
expect 1 'label' emotionnet train bad.csv --out m
{ cat good.csv; echo 'x,train,s1,joy,"never closed,joy.wav,,'; } >bad.csv
expect 1 'bad.csv:26' emotionnet train bad.csv --out m
{ cat good.csv; printf 'x,train,s1,joy,caf\351,joy.wav,,\n'; } >bad.csv
expect 1 'bad.csv:26' emotionnet train bad.csv --out m
{ cat good.csv; echo 'x,train,s1,joy,hello,gone.wav,,'; } >bad.csv
expect 1 'gone.wav' emotionnet train bad.csv --out m
expect 0 '1 utterances were left out' emotionnet train bad.csv $small --out m.safetensors --skip-bad
sed 's/,test,/,validation,/' good.csv >bad.csv
expect 1 'the test split is empty' emotionnet evaluate text.safetensors bad.csv
sed 's/,train,/,test,/' good.csv >bad.csv
expect 1 'the train split is empty' emotionnet train bad.csv --out m
sed 's/,validation,/,train,/' good.csv >bad.csv
expect 0 'no validation split: training runs all its epochs' emotionnet train bad.csv $small --modalities text --out m.safetensors
sed 's/,joy,/,bored,/' good.csv >bad.csv
expect 1 'the label "bored"' emotionnet evaluate text.safetensors bad.csv
expect 0 '"skipped":2' emotionnet evaluate text.safetensors bad.csv --json --skip-bad

# --- speakers in two splits
sed 's/,s1[12],/,s1,/' good.csv >leak.csv
expect 1 'speaker "s1" is in the train split and in the test split' emotionnet train leak.csv $small --out m
sed '/,validation,/s/,s[0-9]*,/,s1,/' good.csv >validation.csv
expect 0 "1 speakers are in the train split and in validation, such as \"s1\": its scores are too high, and training may go on for too long. The test's speakers are new" emotionnet train validation.csv $small --out m
expect 0 '"speaker_leak":0' emotionnet evaluate m validation.csv --json
expect 0 '1 speakers are in the train split' emotionnet train leak.csv $small --out leak.safetensors --allow-speaker-leak
expect 0 '1 speakers are in the train split' emotionnet train leak.csv $small --modalities text --out m.safetensors
expect 1 'is one the model was trained on' emotionnet evaluate leak.safetensors leak.csv
expect 0 '"speaker_leak":1' emotionnet evaluate leak.safetensors leak.csv --allow-speaker-leak --json
expect 0 '"speaker_leak":0' emotionnet evaluate middle.safetensors good.csv --json

# --- a bad clip
for size in 0 11 20 43 44 46 20000; do
	head -c $size joy.wav >cut.wav
	expect 1 'cut.wav' emotionnet predict late.safetensors --wav cut.wav
done
printf 'FORM\000\000\000\000AIFF' >cut.wav
expect 1 'AIFF' emotionnet predict late.safetensors --wav cut.wav
sed 's/anger.wav/cut.wav/' good.csv >bad.csv
expect 1 'Hint: --skip-bad' emotionnet train bad.csv $small --out m
expect 0 '2 utterances were left out' emotionnet evaluate late.safetensors bad.csv --skip-bad

# Cut short, as by a full disk: named, and with --skip-bad what is there is used.
head -c 20000 joy.wav >cut.wav
expect 1 'the data chunk should have 32000 bytes, but the file ends after 19956' emotionnet train bad.csv $small --out m
expect 0 'Used what is there: bad.csv:' emotionnet train bad.csv $small --out m --skip-bad
expect 0 '"skipped":0' emotionnet evaluate late.safetensors bad.csv --skip-bad --json

# --- voices
expect 0 'pitch.level' emotionnet voice joy.wav anger.wav
expect 0 '"id":"joy.wav","pitch.level":' emotionnet voice joy.wav --json
expect 0 'id,speaker,label,pitch.level,pitch.range' emotionnet voice good.csv --csv
expect 0 'mel1.delta.p95 ' emotionnet voice joy.wav --functionals
expect 0 ',"mel26.slope":' emotionnet voice joy.wav --functionals --json
expect 0 'id,speaker,label,mel1.mean,mel1.deviation' emotionnet voice good.csv --functionals --csv
expect 0 'hammarberg.delta.p5 ' emotionnet voice good.csv --functionals --by emotion
expect 0 '24 clips of good.csv, by emotion' emotionnet voice good.csv --by emotion
expect 0 '12 clips of good.csv, only joy' emotionnet voice good.csv --only joy
expect 0 '12 clips of good.csv, only Joy' emotionnet voice good.csv --only Joy
expect 1 'no column "sex": expected one of speaker, label, split' emotionnet voice good.csv --by sex
expect 1 'no utterance of the label "bliss": expected anger or joy' emotionnet voice good.csv --only bliss
expect 1 'nothing.wav: cannot be opened' emotionnet voice nothing.wav
expect 1 'the file ends after 19956' emotionnet voice cut.wav
expect 0 'Used what is there' emotionnet voice cut.wav --skip-bad
expect 1 'none of the clips can be read' emotionnet voice nothing.wav --skip-bad
expect 2 'choose from a corpus' emotionnet voice joy.wav --by emotion
expect 2 'expected sound files, or one corpus' emotionnet voice

# --- pictures
expect 0 'waveform (amplitude)' emotionnet show joy.wav
expect 0 '' emotionnet show joy.wav --out joy.png --start 0.2 --end 0.5
expect 0 '' emotionnet show joy.wav --out joy.svg
expect 0 '</svg>' tail -1 joy.svg
expect 2 'ends in .png or .svg' emotionnet show joy.wav --out joy.jpg
expect 1 'no/such/joy.png' emotionnet show joy.wav --out no/such/joy.png
expect 1 'nothing.wav: cannot be opened' emotionnet show nothing.wav
expect 1 'holds no sample' emotionnet show joy.wav --start 5
expect 1 'the file ends after 19956' emotionnet show cut.wav
expect 0 'cut.wav: 0.62 s' emotionnet show cut.wav --skip-bad
if command -v python3 >/dev/null; then # another inflate must find the rows that the header tells of
	cat >unpng.py <<'PNG'
import struct, sys, zlib
png = open(sys.argv[1], 'rb').read()
assert png[:8] == b'\x89PNG\r\n\x1a\n'
at, data = 8, b''
while at < len(png):
    size, = struct.unpack('>I', png[at:at + 4])
    name, body = png[at + 4:at + 8], png[at + 8:at + 8 + size]
    assert struct.unpack('>I', png[at + 8 + size:at + 12 + size])[0] == zlib.crc32(name + body)
    if name == b'IHDR': width, height = struct.unpack('>II', body[:8])
    if name == b'IDAT': data += body
    at += 12 + size
assert len(zlib.decompress(data)) == height * (1 + 3 * width)
print('rows', height)
PNG
	expect 0 'rows 1' python3 unpng.py joy.png
fi

# --- a bad model
head -c 1000 late.safetensors >cut.safetensors
expect 1 'cut.safetensors' emotionnet predict cut.safetensors --text x
expect 1 'good.csv' emotionnet predict good.csv --text x
printf '\002\000\000\000\000\000\000\000{}' >foreign.safetensors
expect 1 'expected a model that emotionnet train wrote' emotionnet predict foreign.safetensors --text x

# --- a full disk
if [ -c /dev/full ]; then
	expect 1 '/dev/full' emotionnet train good.csv $small --modalities text --out /dev/full
	expect 1 'o space left' sh -c "'$program' evaluate text.safetensors good.csv >/dev/full"
fi
expect 1 'no/such/folder' emotionnet train good.csv $small --modalities text --out no/such/folder/m
expect 1 'differ' cmp text.safetensors late.safetensors

# --- word vectors and characters
printf 'glad 1 0 0 0\nfurious 0 1 0 0\nelsewhere 0 0 0 1\n' >vectors.txt
expect 0 '2 words have vectors, 9 have none: ' emotionnet train good.csv --modalities text --vectors vectors.txt --epochs 1 --out v.safetensors
expect 0 '"n":' emotionnet evaluate v.safetensors good.csv --json
expect 0 '' emotionnet train good.csv --modalities text --vectors vectors.txt --freeze-vectors --out v.safetensors $small
expect 2 'expected --vectors FILE too' emotionnet train good.csv --modalities text --freeze-vectors --out v.safetensors
expect 1 'none of the' sh -c "echo 'elsewhere 1 2' >none.txt; '$program' train good.csv --modalities text --vectors none.txt --out v.safetensors"
expect 1 'none.vec: cannot be opened' emotionnet train good.csv --modalities text --vectors none.vec --out v.safetensors
expect 0 '' emotionnet train good.csv --modalities text --characters --out c.safetensors $small
expect 0 '"n":' emotionnet evaluate c.safetensors good.csv --json

# --- Transformers
of_both='--text-encoder transformer --speech-encoder transformer'
expect 0 '' emotionnet train good.csv --modalities text,speech $of_both --out t.safetensors --threads 1 $small
expect 0 '' emotionnet train good.csv --modalities text,speech $of_both --out t3.safetensors --threads 3 $small
expect 0 '' cmp t.safetensors t3.safetensors
expect 0 '"n":' emotionnet evaluate t.safetensors good.csv --json
expect 0 'glad' emotionnet explain t.safetensors --text 'so glad' --wav joy.wav
expect 0 '' emotionnet train good.csv --modalities text,speech $of_both --out t.cut.safetensors --threads 1 $small --epochs 5 --resume
expect 0 '' emotionnet train good.csv --modalities text,speech $of_both --out t.whole.safetensors --threads 1 $small --resume
expect 0 '' emotionnet train good.csv --modalities text,speech $of_both --out t.cut.safetensors --threads 3 $small --resume
expect 0 '' cmp t.whole.safetensors t.cut.safetensors

# --- bags of n-grams
expect 0 'n-grams are known; unknown words are' emotionnet train good.csv --modalities text --text-encoder ngrams --epochs 1 --out n.safetensors
expect 0 '"n":' emotionnet evaluate n.safetensors good.csv --json
expect 0 'glad' emotionnet explain n.safetensors --text 'so glad'
expect 0 '' emotionnet train good.csv --modalities text --text-encoder ngrams --fusion cross --threads 1 --out n1.safetensors $small
expect 0 '' emotionnet train good.csv --modalities text --text-encoder ngrams --fusion cross --threads 3 --out n3.safetensors $small
expect 0 '' cmp n1.safetensors n3.safetensors
expect 2 'ngrams reads words, and the pieces of words by itself' emotionnet train good.csv --modalities text --text-encoder ngrams --characters --out n.safetensors
expect 2 'ngrams has a vector for each n-gram' emotionnet train good.csv --modalities text --text-encoder ngrams --vectors vectors.txt --out n.safetensors
expect 2 '--letter-ngrams 2: expected 3 to 8, or 0 for none' emotionnet train good.csv --text-encoder ngrams --letter-ngrams 2 --out n.safetensors
expect 2 '--word-ngrams 0: expected a whole number from 1 to 5' emotionnet train good.csv --word-ngrams 0 --out n.safetensors

# --- a baseline, and what a corpus holds
expect 0 'accuracy      1.000' emotionnet baseline good.csv
expect 0 '"accuracy":1.000000' emotionnet baseline good.csv --json --words 2 --idf
expect 2 '--select loss: expected uar or f1' emotionnet baseline good.csv --select loss
expect 2 '--split dev: expected train, validation or test' emotionnet baseline good.csv --split dev
expect 1 'No such file' emotionnet baseline none.csv
expect 0 '0 speakers' sh -c "sed 's/,s[0-9]*,/,,/' good.csv >nobody.csv; '$program' corpus nobody.csv"
expect 0 '2 texts stand more than once' emotionnet corpus good.csv
expect 0 '24 utterances have text, 24 a sound file; 12 speakers' emotionnet corpus good.csv
expect 0 '26 words,  3.85 % not among them' sh -c "sed '/^j12,/s/glad/blissful/' good.csv >odd.csv; '$program' corpus odd.csv"
expect 2 'expected one corpus' emotionnet corpus
expect 0 'furious' sh -c "'$program' corpus good.csv --vocabulary words.txt >/dev/null && cat words.txt"
expect 1 'No space left' emotionnet corpus good.csv --vocabulary /dev/full

# --- vectors instead of words, sound and faces: face.npy has the rows (1,0) and (0,1)
{
	printf '\223NUMPY\001\000\166\000'
	printf '%-117s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
	printf '\000\000\200\077\000\000\000\000\000\000\000\000\000\000\200\077'
} >face.npy
sed '1s/$/,face_row,speech_row/; /,joy,/s/$/,face.npy:0,face.npy:1/; /,anger,/s/$/,face.npy:1,face.npy:0/' good.csv >faces.csv
expect 0 '24 a sound file, 24 a speech_row, 24 a face_row; 12' emotionnet corpus faces.csv
for fusion in early middle late; do
	expect 0 '' emotionnet train faces.csv $small --modalities text,speech,face --fusion $fusion --out faces.safetensors
	expect 0 '"accuracy":1.000000' emotionnet evaluate faces.safetensors faces.csv --json
done
expect 0 'joy' emotionnet predict faces.safetensors --text glad --wav joy.wav --face-row face.npy:0
expect 0 'joy' emotionnet predict faces.safetensors --face-row face.npy:0
expect 0 '"n":4,' emotionnet evaluate faces.safetensors faces.csv --modalities face,speech --json
expect 0 '' emotionnet train faces.csv $small --modalities face,speech --speech-encoder vector --out vectors.safetensors
expect 0 'anger' emotionnet predict vectors.safetensors --face-row face.npy:1 --speech-row face.npy:0
expect 1 'cannot do without --face-row' emotionnet predict vectors.safetensors --speech-row face.npy:0
expect 1 'reads speech by --speech-row: --wav is of no use' emotionnet predict vectors.safetensors --face-row face.npy:1 --wav joy.wav
expect 1 'reads speech and face only: --text is of no use' emotionnet predict vectors.safetensors --face-row face.npy:1 --text glad
expect 1 'has rows 0 to 1, not row 2' emotionnet predict vectors.safetensors --speech-row face.npy:0 --face-row face.npy:2
expect 1 'cannot be measured with text' emotionnet evaluate vectors.safetensors faces.csv --modalities text
expect 0 'face only' emotionnet compare faces.csv $small --modalities text,speech,face --fusion late
expect 1 'no utterance of the train split has a face_row' emotionnet train good.csv $small --modalities face --out m
sed 's/,joy.wav,/,,/; s/,anger.wav,/,,/' faces.csv >silent.csv
expect 1 'no utterance of the train split has a wav. Hint: the manifest has vectors of it: --speech-encoder vector' emotionnet train silent.csv $small --out m
for kind in functionals cnn+functionals lstm+functionals transformer+functionals; do
	expect 0 '' emotionnet train good.csv $small --modalities text,speech --speech-encoder $kind --no-cache --modality-dropout 0.2 --out whole.safetensors
	expect 0 'joy' emotionnet predict whole.safetensors --text glad --wav joy.wav
	expect 0 'joy' emotionnet predict whole.safetensors --text glad
	expect 0 'deviations     adds' emotionnet explain whole.safetensors --text glad --wav joy.wav
	expect 0 '"mel1.mean":[' emotionnet explain whole.safetensors --text glad --wav joy.wav --json
	expect 0 'All that adds comes to' emotionnet explain whole.safetensors --text glad
done
for fusion in gated weighted film cross alignment; do # what they show of functionals beside the frames
	expect 0 '' emotionnet train good.csv $small --modalities text,speech --speech-encoder cnn+functionals --fusion $fusion --epochs 1 --out whole.safetensors
	expect 0 'functionals' emotionnet explain whole.safetensors --text glad --wav joy.wav
done
expect 0 '' emotionnet train good.csv $small --modalities speech --speech-encoder functionals --no-cache --speech-hidden 0 --fusion late --out whole.safetensors
expect 0 'joy' emotionnet predict whole.safetensors --wav joy.wav
expect 2 '--speech-hidden 1: expected 2 at least' emotionnet train good.csv $small --speech-hidden 1 --out m
expect 2 '--mask-bands and --mask-frames wipe out frames, but --speech-encoder functionals reads none' emotionnet train good.csv $small --modalities speech --speech-encoder functionals --mask-bands 2 --out m
expect 2 'expected cnn, lstm, transformer, cnn-causal, lstm-causal, functionals, cnn+functionals, lstm+functionals, transformer+functionals, vector, apc or apc+functionals' emotionnet train good.csv --speech-encoder wide --out m
expect 1 '--arrays DIR' emotionnet import mosi .

# --- a table of one's own, and the faces of its clips
awk -F, 'NR == 1 { print "id,smile,frown" } NR > 1 { print $1 "," ($4 == "joy") "," rand() }' good.csv >au.csv
expect 0 'the text is in "text"' emotionnet import table good.csv --face au.csv
expect 0 'au.npy: 24 of 24 utterances have a face, 2 numbers each' emotionnet import table good.csv --face au.csv
"$program" import table good.csv --face au.csv >joined.csv 2>/dev/null
expect 0 'that of "j9"' emotionnet train joined.csv $small --modalities speech,face --out joined.safetensors
expect 2 '--arrays: expected --face TABLE too' emotionnet import table good.csv --arrays .
expect 2 '--face: the importer of isear does not know it' emotionnet import isear . --face au.csv
expect 1 'expected --label COLUMN. Its columns are id, smile, frown' emotionnet import table au.csv
expect 1 'and EmotionNet tells emotions' emotionnet import emobank .

# --- numbers beyond all computing: no vector has one, and where weights do, no answer is told
{
	printf '\223NUMPY\001\000\166\000'
	printf '%-117s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
	printf '\377\377\177\177\377\377\177\377'
} >huge.npy
expect 1 'huge.npy: row 0, column 0 is 3.40282e+38: expected a number between' emotionnet predict vectors.safetensors --speech-row huge.npy:0 --face-row huge.npy:0
size=$(wc -c <vectors.safetensors)
{
	LC_ALL=C sed 's/crc32/other/' vectors.safetensors | head -c $((size - 1600))
	for i in 1 2 3 4 5 6 7 8 9 10; do printf '\377\377\177\177\377\377\177\377%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; done
} >huge.safetensors
none="huge.safetensors: the model's answer is no number: its weights, or what it reads, are beyond"
expect 1 "$none" emotionnet evaluate huge.safetensors faces.csv --json
for command in predict explain; do
	expect 1 "$none" emotionnet $command huge.safetensors --speech-row face.npy:0 --face-row face.npy:0 --json
done
sed 's/,validation,/,train,/' good.csv >bad.csv
expect 1 'bag of words diverged in epoch' emotionnet baseline bad.csv --rate 10 --decay 10

# --- pairing
expect 0 'paired by label' sh -c "'$program' pair --text good.csv --speech good.csv >paired.csv"
expect 0 '"paired_by_label":true' emotionnet compare paired.csv $small --fusion late --json

# --- a share of the corpus that one modality cannot be learnt from
awk -F, 'NR > 1 && !/^[ja]1,/ { sub(/,(joy|anger).wav,/, ",,") } { print }' good.csv >rare.csv
expect 1 '--sizes 2, seed 1: rare.csv: no utterance of the train split has a wav' emotionnet curve rare.csv $small --sizes 2,all --fusion late --plain

# --- what could not be written, or read again, is refused before anything is learnt
refused() {
	expect 1 "$@"
	checks=$((checks + 1))
	! grep -q 'loss\|cells:' "$folder/out" || failed "refused before training: $2"
}
learn="--modalities text --epochs 1 --min-count 1 --fusion late --embed 8 --text-hidden 8 --fusion-hidden 8"
refused 'nowhere/m: cannot be opened for writing' emotionnet train good.csv $learn --out nowhere/m
refused 'nowhere/r.html: cannot be opened for writing' emotionnet compare good.csv $learn --report nowhere/r.html
refused 'nowhere/m: the folder cannot be made' emotionnet compare good.csv $learn --models nowhere/m
refused 'good.csv/c: the folder cannot be made' emotionnet train good.csv --epochs 1 --out m --cache good.csv/c
refused '--cache : the folder cannot be made' emotionnet train good.csv --epochs 1 --out m --cache ''
expect 1 'good.csv/c: the folder cannot be made' emotionnet evaluate late.safetensors good.csv --cache good.csv/c
awk 'NR == 3 { sub(/joy|anger/, "\"so\nglad\"") } { print }' good.csv >lines.csv
refused 'lines.csv:3: label and speaker: expected one line each' emotionnet train lines.csv $learn --out m
expect 0 '' emotionnet train good.csv $learn --max-words 10000 --out most
expect 0 'joy' emotionnet predict most --text glad
latin=$(printf 'caf\351.csv')
cp good.csv "$latin"
expect 0 '' emotionnet train "$latin" $learn --out latin
expect 0 'joy' emotionnet predict latin --text glad
expect 0 '' emotionnet compare "$latin" $learn --plain --results latin.jsonl
expect 0 'latin.jsonl has 3 cells already' emotionnet compare "$latin" $learn --plain --results latin.jsonl
mkfifo fifo
expect 1 'fifo: cannot be opened for writing' timeout 10 "$program" train good.csv $learn --out fifo

# --- labels that command a terminal: on none of the ways out
sed "s/,joy,/,$(printf '\033]0;x\007j\303\266y'),/" good.csv >commands.csv
expect 0 '' emotionnet train commands.csv $small --modalities text --fusion late --out commands
sed "2,\$s/^/$(printf '\033')/; s/,anger.wav,/,,/" good.csv >ids.csv
for command in 'voice ids.csv --skip-bad' "train ids.csv $small --out m" 'predict commands --text glad' 'predict commands --text glad --json' 'evaluate commands commands.csv' \
	'corpus commands.csv' 'explain commands --text glad' 'voice commands.csv --by label' \
	"evaluate commands $(printf '\033')" 'evaluate commands good.csv' "$(printf '\033c')"; do
	emotionnet $command >said 2>&1
	expect 1 '' grep "$(printf '\033')" said
done
expect 0 '' emotionnet explain commands --text glad --out commands.svg
expect 1 '' grep "$(printf '[\001-\010\033]')" commands.svg

# --- little stack, and memory for fewer threads than are asked for: neither changes an answer
for stack in 400 128; do
	for command in "train good.csv $small --out little" 'explain late.safetensors --text glad --wav joy.wav' 'baseline good.csv' \
		"compare good.csv $small --fusion late"; do
		check "$command with a stack of $stack KB" sh -c "ulimit -s $stack; '$program' $command >/dev/null 2>&1"
	done
done
expect 0 '' emotionnet train good.csv $small --out plenty
expect 0 '' cmp little plenty
if sh -c "ulimit -v 2000000; '$program' --version" >/dev/null 2>&1; then # not where sanitizers need all addresses
	expect 0 'of the 1000 threads asked for: there is no memory for more' \
		sh -c "ulimit -v 2000000; '$program' train good.csv $small --threads 1000 --out fewer"
	expect 0 '' cmp fewer plenty
fi

# --- descriptors, signals, and what a write that ended badly leaves
tiny='--stage 30,12,12 --epochs 1 --fusion late --plain --embed 8 --text-hidden 6 --speech-hidden 8 --fusion-hidden 8 --hop 640 --mels 16'
check 'standard error is closed' sh -c "'$program' compare $tiny --results closed.jsonl >/dev/null 2>&-"
expect 1 '' grep -v '^{' closed.jsonl
expect 1 '' sh -c "'$program' corpus good.csv >&-"
check 'no file may grow: the entries of the cache are not kept' \
	sh -c "ulimit -f 8; '$program' train good.csv --hop 20 --epochs 1 --modalities speech --quiet --cache full --out /dev/null"
expect 2 '' ls full/*
# what a killed write leaves has no lock: the next write of that file takes it, whoever writes
left() { # FILE COMMAND...
	left=$1
	shift
	for i in 1 2; do echo half >"$left.tmp-$i"; done
	expect 0 '' "$@"
	expect 2 '' ls "$left.tmp-1" "$left.tmp-2"
	checks=$((checks + 1))
	grep -qv half "$left" || failed "$left: is not what was written"
}
left left.st emotionnet train good.csv $small --modalities speech --cache kept --out left.st
for entry in kept/*.safetensors; do
	rm "$entry"
	left "$entry" emotionnet train good.csv $small --modalities speech --cache kept --out left.st
	break
done
for ending in html svg png; do
	left explained.$ending emotionnet explain left.st --wav joy.wav --out explained.$ending
done
left shown.png emotionnet show joy.wav --out shown.png
left shown.svg emotionnet show joy.wav --out shown.svg
left words.txt emotionnet corpus good.csv --vocabulary words.txt
emotionnet compare good.csv $learn --plain --results part.jsonl >/dev/null 2>&1
left merged.jsonl emotionnet compare --merge part.jsonl --results merged.jsonl
left report.html emotionnet compare --merge part.jsonl --report report.html
left curves.svg emotionnet curve --merge part.jsonl --svg curves.svg
expect 0 '' emotionnet stage --out staged --train 3 --validation 0 --test 0
left staged/corpus.csv emotionnet stage --out staged --train 3 --validation 0 --test 0
left staged/train-00001.wav emotionnet stage --out staged --train 3 --validation 0 --test 0
rm staged/train-00001.wav && mkdir staged/train-00001.wav
expect 1 'train-00001.wav' emotionnet stage --out staged --train 3 --validation 0 --test 0
expect 1 '' test -e staged/corpus.csv

finish
