#!/bin/sh
# Faces as pictures, as a user meets them: a folder of pictures imported, trained on, compared, asked and explained.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/command/test_pictures.sh
. "$(dirname "$0")/../../support/shell.sh"
emotionnet() { "$program" "$@"; }

# picture LABEL SEED SIZE: joy has a light mouth at the bottom, anger a dark line at the top, both in noise.
picture() {
	awk -v label="$1" -v seed="$2" -v side="$3" 'BEGIN {
		srand(seed)
		print "P2\n" side, side, 255
		for (y = 0; y < side; y++)
			for (x = 0; x < side; x++) {
				grey = 100 + int(60 * rand())
				inside = x > side / 4 && x < 3 * side / 4
				if (inside && label == "joy" && y > 0.7 * side && y < 0.85 * side) grey = 250
				if (inside && label == "anger" && y > 0.15 * side && y < 0.3 * side) grey = 5
				print grey
			}
	}'
}
for split in train validation test; do
	count=8
	[ $split = train ] && count=24
	for label in joy anger; do
		mkdir -p faces/$split/$label
		for i in $(seq $count); do
			picture $label "$split$i" 48 | sed "s/$split//" >faces/$split/$label/$i.pgm
		done
	done
done
picture joy 99 96 >large.pgm

# --- from a folder to a model
emotionnet import pictures faces >corpus.csv 2>said
expect 0 '48 utterances for training, 16 for validation, 16 for test' cat said
expect 0 'id,split,speaker,label,text,wav,start,end,face_row' head -1 corpus.csv
small='--modalities face --epochs 8 --batch 8 --rate 0.01 --face-hidden 8 --fusion-hidden 8 --dropout 0.1 --quiet'
expect 0 '' emotionnet train corpus.csv $small --out m.safetensors
expect 0 '' emotionnet train corpus.csv $small --threads 1 --out one.safetensors
check 'another number of threads gives other weights' cmp m.safetensors one.safetensors
expect 0 '' emotionnet train corpus.csv $small --face-encoder vector --epochs 1 --out vector.safetensors
emotionnet evaluate m.safetensors corpus.csv --json >evaluation
accuracy=$(sed 's/.*"accuracy":\([0-9.]*\).*/\1/' evaluation)
checks=$((checks + 1))
awk -v a="$accuracy" 'BEGIN { exit !(a > 0.9) }' || failed "pictures that differ plainly are told apart in $accuracy only"

# --- asked and explained
expect 0 'joy' emotionnet predict m.safetensors --face-picture faces/test/joy/1.pgm
expect 0 'joy' emotionnet predict m.safetensors --face-picture large.pgm
expect 0 'anger' emotionnet predict m.safetensors --face-row faces/test/anger/1.pgm
expect 0 'All that adds comes to' emotionnet explain m.safetensors --face-picture large.pgm --out page.html
expect 0 'The face, as the model is given it' cat page.html
expect 0 '' emotionnet explain m.safetensors --face-picture large.pgm --out picture.png
looked_at page.html
expect 0 'face only' emotionnet compare corpus.csv $small --epochs 1 --fusion middle

# --- wrong inputs
expect 1 'nowhere.png' emotionnet predict m.safetensors --face-picture nowhere.png
printf '\377\330\377\340' >photo.png
expect 1 'photo.png: byte 0: a JPEG: expected PNG, PGM or PPM' emotionnet predict m.safetensors --face-picture photo.png
head -c 3000 large.pgm >cut.pgm
expect 1 'cut.pgm: byte' emotionnet predict m.safetensors --face-picture cut.pgm
expect 1 'expected FILE.npy:ROW, such as face.npy:0, or a picture, FILE.png, found "me.jpg". Hint: this makes one: ffmpeg' emotionnet predict m.safetensors --face-picture me.jpg
expect 1 '--face-picture and --face-row: expected one of them' emotionnet predict m.safetensors --face-picture large.pgm --face-row large.pgm
expect 1 'reads face only: --text is of no use' emotionnet predict m.safetensors --text 'What a day'
expect 1 'reads face by --face-picture: --face-track is of no use' emotionnet predict m.safetensors --face-track film.csv
expect 2 'nothing to predict from' emotionnet predict m.safetensors
mkdir empty
expect 1 'no picture was found' emotionnet import pictures empty
printf 'label,face_row\njoy,f.npy:0\nanger,f.npy:1\njoy,f.npy:0\nanger,f.npy:1\n' >narrow.csv
{
	printf '\223NUMPY\001\000v\000'
	printf '%-117s\n' "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 5), }"
	printf 'abcdefghij'
} >f.npy
expect 1 'a row of 5 numbers, but the encoder of the face reads 2304. Hint: pictures are 48 x 48 grey pixels' \
	emotionnet train narrow.csv $small --face-encoder pictures --allow-speaker-leak --out n.safetensors
expect 2 '--face-encoder picture: expected vector, cnn, lstm, transformer or pictures' emotionnet train corpus.csv $small --face-encoder picture --out n.safetensors
check 'a failed training leaves a file' [ ! -e n.safetensors ]
finish
