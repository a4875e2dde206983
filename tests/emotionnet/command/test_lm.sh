#!/bin/sh
# emotionnet lm with small models that know no language: what it prints, where, and what it refuses.
# usage: tests/emotionnet/command/test_lm.sh
. "$(dirname "$0")/../../support/shell.sh"
small=$top/tests/golden/published

# The same text at any number of threads; one token after another is not another text.
"$program" lm "$small/llama.gguf" --prompt 'the sea' --tokens 20 --threads 1 >one 2>told
check 'a prompt is not gone on with' [ -s one ]
check 'its speed is not told' grep -qE '^prompt: [0-9]+ tokens, [0-9]+ a second; written: [0-9]+ tokens, [0-9.]+ a second$' told
"$program" lm "$small/llama.gguf" --prompt 'the sea' --tokens 20 --threads 3 >three 2>/dev/null
check 'three threads write another text' cmp one three
"$program" lm "$small/gpt2" --prompt 'the sea' --tokens 20 --temperature 1 --seed 1 >a 2>/dev/null
"$program" lm "$small/gpt2" --prompt 'the sea' --tokens 20 --temperature 1 --seed 1 >b 2>/dev/null
"$program" lm "$small/gpt2" --prompt 'the sea' --tokens 20 --temperature 1 --seed 2 >c 2>/dev/null
check 'the same seed writes another text' cmp a b
check 'another seed writes the same text' sh -c '! cmp -s a c'
check 'a text of control characters reaches the terminal' sh -c '! LC_ALL=C grep -q "[[:cntrl:]]" a'

# Questions from a pipe: an answer each, and nothing else on standard output.
printf 'the sea?\n\nis it calm?\n' | "$program" lm "$small/llama" --chat --tokens 5 >answers 2>told
check 'two questions get no two answers' [ "$(grep -c '^prompt:' told)" = 2 ]
check 'a prompt for the next question goes into a pipe' sh -c '! grep -q "^> " told'
expect 0 '' "$program" lm "$small/llama" --chat --prompt 'the sea?' --tokens 3
expect 1 'it does not say in which form to talk with it' "$program" lm "$small/gpt2" --chat

# A model may know more numbers than there are tokens.
cp -r "$small/llama" more && cp "$small/bert/tokenizer.json" more
expect 0 'written: 20 tokens' "$program" lm more --prompt 'the sea' --tokens 20

# A last weight that is no number: every answer would be one too.
cp -r "$small/llama" nan && size=$(wc -c <nan/model.safetensors)
printf '\377\377\377\177' | dd of=nan/model.safetensors bs=1 seek=$((size - 4)) conv=notrunc 2>/dev/null
expect 1 'numbers that are not finite' "$program" lm nan --prompt 'the sea'
expect 1 'numbers that are not finite' "$program" lm nan --chat --prompt 'the sea?'
expect 1 'numbers that are not finite' sh -c 'echo the sea is calm | "$0" lm nan --score -' "$program"

# Scores: a line for each text, and what all come to.
printf 'the sea is calm\n\nx\nthe sea\n' >texts
"$program" lm "$small/llama.gguf" --score texts >scores 2>told
check 'not a line for each text' [ "$(wc -l <scores)" = 5 ]
check 'the perplexity is not e to the mean of the logarithms' awk -F '\t' 'NR > 1 && $1 > 0 {
	p = exp(-$2 / $1); if (p > $3 * 1.001 || p < $3 * 0.999) exit 1 }' scores
check 'the perplexity of all is not told' grep -qE '^all: [0-9]+ tokens, perplexity [0-9.]+, [0-9]+ tokens a second$' told
"$program" lm "$small/llama.gguf" --score - <texts >again 2>/dev/null
check 'standard input has other scores than the file' cmp scores again

expect 2 'expected --prompt, --chat or --score' "$program" lm "$small/gpt2"
expect 2 '--score scores texts and writes none' "$program" lm "$small/gpt2" --score texts --prompt a
expect 2 'expected one model' "$program" lm
expect 2 'expected a whole number from 2 to 1048576' "$program" lm "$small/gpt2" --prompt a --context 1
expect 1 'a BERT encodes texts, it cannot go on with one' "$program" lm "$small/bert" --prompt a
expect 1 'the prompt has no tokens' "$program" lm "$small/gpt2" --prompt ''
expect 1 'and there is room for 4' "$program" lm "$small/gpt2" --context 4 --prompt 'the sea is calm'
expect 1 'Hint: --context N makes more, up to 64' "$program" lm "$small/llama" --context 4 --prompt 'the sea is calm'
expect 1 'none' "$program" lm "$small/gpt2" --score none
expect 1 'folder' "$program" lm "$small/gpt2" --score "$folder"
expect 1 'Hint: a language model is a .gguf file, or a folder' "$program" lm "$folder" --prompt a
finish
