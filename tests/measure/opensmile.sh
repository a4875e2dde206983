#!/bin/sh
# Holds the numbers of `emotionnet voice` against openSMILE's eGeMAPS (Eyben et al. 2016) where the two mean the same,
# clip by clip over EmoDB: how well they correlate, and how far they are apart. Skipped with a message where the Python
# package `opensmile` or the corpus is not there.
# usage: EMOTIONNET_DATA=FOLDER [PYTHON=python3] [EMOTIONNET=build/emotionnet] tests/measure/opensmile.sh [EVERY]
#        every EVERY-th clip (default 5)
set -u
program=${EMOTIONNET:-build/emotionnet}
python=${PYTHON:-python3}
data=${EMOTIONNET_DATA:-}
every=${1:-5}
[ -n "$data" ] && [ -d "$data/emodb/wav" ] || {
	echo 'opensmile: skipped, there is no emodb/wav in EMOTIONNET_DATA'
	exit 0
}
"$python" -c 'import opensmile' 2>/dev/null || {
	echo 'opensmile: skipped, the Python package opensmile is not there (set PYTHON)'
	exit 0
}
work=$(mktemp -d /tmp/emotionnet-opensmile-XXXXXX)
trap 'rm -rf "$work"' EXIT
ls "$data"/emodb/wav/*.wav | awk -v every="$every" 'NR % every == 1 || every == 1' >"$work/clips"
xargs "$program" voice --csv <"$work/clips" >"$work/ours.csv" || exit 1
"$python" - "$work/ours.csv" <<'PYTHON'
import csv, math, sys
import opensmile

def semitones(hertz):
    return 12 * math.log2(hertz / 27.5)

# ours, what is done to it, theirs, what is done to that, the least correlation
pairs = [
    ("pitch.level", semitones, "F0semitoneFrom27.5Hz_sma3nz_percentile50.0", 1, 0.9),
    ("pitch.range", float, "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2", 1, 0.5),
    ("energy.level", float, "equivalentSoundLevel_dBp", 1, 0.8),
    ("voiced.rate", float, "VoicedSegmentsPerSec", 1, 0.3),
    ("voiced.length", float, "MeanVoicedSegmentLengthSec", 1, 0.5),
    ("jitter", float, "jitterLocal_sma3nz_amean", 100, 0.3),
    ("shimmer", float, "shimmerLocaldB_sma3nz_amean", 1, 0.3),
    ("hnr", float, "HNRdBACF_sma3nz_amean", 1, 0.6),
    ("slope.low", float, "slopeV0-500_sma3nz_amean", 1000, 0.6),
    ("slope.middle", float, "slopeV500-1500_sma3nz_amean", 1000, 0.6),
    ("alpha", float, "alphaRatioV_sma3nz_amean", -1, 0.9),
    ("hammarberg", float, "hammarbergIndexV_sma3nz_amean", 1, 0.9),
    ("flux", float, "spectralFluxV_sma3nz_amean", 1, None),
]
smile = opensmile.Smile(feature_set=opensmile.FeatureSet.eGeMAPSv02,
                        feature_level=opensmile.FeatureLevel.Functionals)
with open(sys.argv[1], newline="") as ours_file:
    ours = list(csv.DictReader(ours_file))
theirs = [smile.process_file(row["id"]).iloc[0] for row in ours]
bad = 0
print("%d clips      correlation   ours  openSMILE  difference (mean ± deviation)" % len(ours))
for name, change, other, scale, least in pairs:
    both = [(change(float(o[name])), scale * float(t[other]))
            for o, t in zip(ours, theirs) if o[name]]
    n = len(both)
    a, b = [sum(p[i] for p in both) / n for i in (0, 1)]
    va, vb = [sum((p[i] - m) ** 2 for p in both) for i, m in ((0, a), (1, b))]
    r = sum((x - a) * (y - b) for x, y in both) / math.sqrt(va * vb)
    spread = math.sqrt(sum((x - y - a + b) ** 2 for x, y in both) / n)
    wrong = least is not None and r < least
    bad += wrong
    print("%-14s %9.3f %9.2f %9.2f    %+.2f ± %.2f%s" %
          (name, r, a, b, a - b, spread, "  under %g" % least if wrong else ""))
sys.exit(bad > 0)
PYTHON
