"""Computes the figures of `compare --json` again from the results file, by their textbook formulas and nothing else, and
compares every one. usage: check_comparison.py RESULTS.jsonl COMPARISON.json"""
import json
import math
import random
import statistics
import sys

lines = [json.loads(line) for line in open(sys.argv[1])]
head, cells = lines[0], lines[1:]
told = json.load(open(sys.argv[2]))
told = told.get('comparison', told)
labels, tests = head['labels'], head['test']
truth = [labels.index(test['label']) for test in tests]
checks = 0


def same(what, found, wanted, tolerance=1e-6):
    global checks
    checks += 1
    if not abs(found - wanted) <= tolerance:
        sys.exit(f'{what}: told {wanted}, computed {found}')


def answers(cell):
    return [p.index(max(p)) for p in cell['probabilities']]


def scores(says, weights):
    right = sum(w for t, s, w in zip(truth, says, weights) if t == s)
    total = sum(weights)
    recalls, f1, weighted = [], [], 0
    for c in range(len(labels)):
        hit = sum(w for t, s, w in zip(truth, says, weights) if t == s == c)
        there = sum(w for t, w in zip(truth, weights) if t == c)
        guessed = sum(w for s, w in zip(says, weights) if s == c)
        if there:
            recalls.append(hit / there)
        if there + guessed:
            f1.append(2 * hit / (there + guessed))
            weighted += f1[-1] * there / total
    return {'accuracy': right / total, 'uar': statistics.mean(recalls), 'macro_f1': statistics.mean(f1),
            'weighted_f1': weighted}


def warmed(cell, temperature):
    rows = []
    for p in cell['probabilities']:
        powers = [max(q, 1e-30) ** (1 / temperature) for q in p]
        rows.append([q / sum(powers) for q in powers])
    return rows


def calibration(rows):
    bins = [[0, 0, 0] for _ in range(15)]
    nll = brier = 0
    for p, t in zip(rows, truth):
        sure = max(p)
        bin = bins[min(int(sure * 15), 14)]
        bin[0] += 1
        bin[1] += p.index(sure) == t
        bin[2] += sure
        nll -= math.log(max(p[t], 1e-30)) / len(rows)
        brier += sum((q - (c == t)) ** 2 for c, q in enumerate(p)) / len(rows)
    ece = sum(abs(right - sure) for n, right, sure in bins if n) / len(rows)
    return {'ece': ece, 'nll': nll, 'brier': brier}


def spread(what, values, row, tolerance=1e-6):
    same(what, statistics.mean(values), row[what], tolerance)
    same(what + '_deviation', statistics.stdev(values) if len(values) > 1 else 0, row[what + '_deviation'], tolerance)


def percentile(values, share):
    values = sorted(values)
    return values[min(int(share * len(values)), len(values) - 1)]


speakers = sorted({test['speaker'] for test in tests})
draws = []
random.seed(1)
for _ in range(400):
    times = dict.fromkeys(speakers, 0)
    for _ in speakers:
        times[random.choice(speakers)] += 1
    draws.append([times[test['speaker']] for test in tests])
ones = [1] * len(tests)
baseline = {c['seed']: answers(c) for c in cells if c['strategy'] == told['baseline'] and c['size'] == head['train']}


def accuracy(says, weights):
    return sum(w for t, s, w in zip(truth, says, weights) if t == s) / sum(weights)


for row in told['strategies']:
    mine = [c for c in cells if c['strategy'] == row['strategy'] and c['size'] == row['learnt_from']]
    same('seeds', len(mine), row['seeds'])
    said = [answers(c) for c in mine]
    for what in ('accuracy', 'uar', 'macro_f1', 'weighted_f1'):
        spread(what, [scores(s, ones)[what] for s in said], row)
    for kind, there in row['kinds'].items():
        which = [i for i, test in enumerate(tests) if test.get('kind') == kind]
        same(kind, statistics.mean(sum(s[i] == truth[i] for i in which) / len(which) for s in said), there['accuracy'])
        for ceiling in head['ceilings']:
            if ceiling['reads'] == mine[0]['reads']:
                same('ceiling', ceiling['kinds'][head['kinds'].index(kind)], there['ceiling'])
    areas = {}
    for k, condition in enumerate(head['conditions']):
        tested = [c['outcomes'][k][0] for c in mine if c['outcomes'][k]]
        if not tested:
            assert condition['name'] not in row['conditions']
            continue
        same(condition['name'], statistics.mean(tested), row['conditions'][condition['name']]['accuracy'])
        if condition['level']:
            areas.setdefault(condition['kind'], []).append((condition['level'], tested))
    for kind, points in areas.items():
        seeds = []
        for seed, says in enumerate(said):
            line = [(0, accuracy(says, ones))] + [(level, tested[seed]) for level, tested in points]
            area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in zip(line, line[1:]))
            seeds.append(area / line[-1][0])
        spread('area_' + kind, seeds, row)
    for what in ('ece', 'nll', 'brier'):
        spread(what, [calibration(c['probabilities'])[what] for c in mine], row, 1e-4)
        spread(what + '_after', [calibration(warmed(c, c['temperature']))[what] for c in mine],
               {what + '_after': row[what + '_after'], what + '_after_deviation': row[what + '_after_deviation']}, 1e-4)
    spread('temperature', [c['temperature'] for c in mine], row)
    same('parameters', max(c['parameters'] for c in mine), row['parameters'])
    same('memory', max(c['memory'] for c in mine), row['memory'])
    for what, key in (('seconds', 'train_seconds'), ('latency_p50_ms', 'latency_p50'), ('latency_p95_ms', 'latency_p95')):
        spread(what, [c[key] for c in mine], row)
    same('confusion', sum(map(sum, row['confusion'])), len(tests) * len(mine))
    # Intervals: other random draws of the same speakers, so nearly the same percentiles.
    if row['learnt_from'] != head['train'] or told['resampled'] != 'speakers':
        continue
    means = [statistics.mean(accuracy(s, weights) for s in said) for weights in draws]
    wide = max(means) - min(means)
    for share, bound in zip((0.025, 0.975), row['accuracy_interval']):
        same('accuracy_interval', percentile(means, share), bound, 0.15 * wide + 1e-9)
    both = [(answers(c), baseline[c['seed']]) for c in mine if c['seed'] in baseline]
    if both and row['seeds'] == len(baseline):
        same('accuracy_gain', statistics.mean(accuracy(a, ones) - accuracy(b, ones) for a, b in both), row['accuracy_gain'])
        gains = [statistics.mean(accuracy(a, w) - accuracy(b, w) for a, b in both) for w in draws]
        wide = max(gains) - min(gains)
        for share, bound in zip((0.025, 0.975), row['accuracy_gain_interval']):
            same('accuracy_gain_interval', percentile(gains, share), bound, 0.15 * wide + 1e-9)
print(f'{checks} figures are the same')
