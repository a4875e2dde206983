#!/bin/sh
# The report as a user makes it: a small comparison with its models, from its results alone, with models that are gone;
# each page opened in headless Chromium where it is there. A corpus whose texts and labels are markup harms nobody.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/page/test_report.sh
. "$(dirname "$0")/../../support/shell.sh"

"$program" stage --out stage --train 24 --validation 6 --test 6 >/dev/null || exit 1
sed 's/,happy/,<b>happy/; s/\.",test-/.<script>window.attacked=1<\/script>",test-/; s/,joy,/,<img src=x onerror=window.attacked=1>,/' \
	stage/corpus.csv >stage/hostile.csv
small='--fusion early,gated,cross,middle --epochs 2 --min-count 1 --quiet --plain --embed 8 --text-hidden 8 --speech-hidden 8 --fusion-hidden 8'

expect 0 '' "$program" compare stage/hostile.csv $small --results r.jsonl --report report.html
expect 0 'data:audio/wav;base64,UklGR' cat report.html
expect 0 'data:image/png;base64,iVBOR' cat report.html
expect 0 'class="said"' cat report.html
expect 0 '<h2 id="coverage">Not sure' cat report.html
expect 0 'gated: gate of speech' cat report.html
expect 0 'cross: attention of text to speech, breadth' cat report.html
expect 0 '<details><summary>Gates and attention: gated, cross' cat report.html
expect 1 '' grep -E '<script>window|<img src=x|(src|href)="(http|//)' report.html
expect 0 '' ls report.models/middle-1.safetensors

# --- from the results alone, with and without the models
expect 0 '' "$program" compare --merge r.jsonl --report again.html
expect 0 'data:audio/wav;base64,UklGR' cat again.html
rm -r report.models
expect 0 '' "$program" compare --merge r.jsonl --report bare.html
expect 0 'text-only-1.safetensors' grep -o 'class="note">[^<]*' bare.html
expect 1 '' grep -c 'data:image/png' bare.html

# --- how much data each needs, on the page as in the terminal
small="$small --epochs 1"
expect 0 'Utterances needed for an accuracy of' "$program" curve stage/hostile.csv $small --fusion middle --seeds 2 --sizes 8,16,all --results c.jsonl --report curve.html
cp out curve.out
expect 0 '' ls curve.models/middle-8-1.safetensors curve.models/middle-16-2.safetensors curve.models/middle-1.safetensors
expect 1 'differ' cmp curve.models/middle-8-1.safetensors curve.models/middle-1.safetensors
expect 0 'id="sizes"' cat curve.html
expect 0 '<title>Accuracy by the number of utterances learnt from</title>' cat curve.html
expect 0 "$(sed -n 's/^Utterances needed.*\(accuracy of [0-9.]*\).*/\1/p' curve.out)" cat curve.html
expect 0 '' "$program" curve --merge c.jsonl --report again.html
expect 0 '' cmp curve.html again.html

looked_at report.html bare.html curve.html

# --- wrong input
expect 1 'no/such' "$program" compare --merge r.jsonl --report no/such/page.html
expect 2 'a share has no report' "$program" compare stage/corpus.csv $small --cell 1/2 --results s.jsonl --report x.html
expect 2 'cannot access' ls x.html no

finish
