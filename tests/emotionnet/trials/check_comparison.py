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


def scores(says, weights, truth=truth):
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
    if 'parts' in cell:
        return [row for part in cell['parts'] for row in warmed(part, part['temperature'])]
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


def uar(says, which):
    return scores([says[i] for i in which], [1] * len(which), [truth[i] for i in which])['uar']


def pooled(cells, folds):
    """One cell of a strategy and a seed, from those of its folds."""
    groups = {}
    for cell in sorted(cells, key=lambda cell: cell['fold']):
        groups.setdefault((cell['strategy'], cell['seed']), []).append(cell)
    for parts in groups.values():
        one = dict(parts[0], parts=parts, probabilities=[p for part in parts for p in part['probabilities']])
        for key in ('temperature', 'train_seconds', 'cpu_seconds', 'latency_p50', 'latency_p95'):
            one[key] = statistics.mean(part[key] for part in parts)
        for key in ('parameters', 'memory', 'disk', 'operations', 'read'):
            one[key] = max(part[key] for part in parts)
        sizes = [fold['test'] for fold in folds]
        assert [len(part['probabilities']) for part in parts] == sizes
        one['outcomes'] = [
            [sum(part['outcomes'][k][0] * size for part, size in zip(parts, sizes)) / sum(sizes)] if outcome else []
            for k, outcome in enumerate(parts[0]['outcomes'])]
        yield one


def check_folds(row, said, seeds):
    ends = [sum(fold['test'] for fold in head['folds'][:f]) for f in range(len(head['folds']) + 1)]
    own = [[uar(s, range(begin, end)) for begin, end in zip(ends, ends[1:])] for s in said]
    told, each = row['folds'], [statistics.mean(column) for column in zip(*own)]
    for found, wanted in zip(each, told['each']):
        same('each fold', found, wanted)
    same('mean of folds', statistics.mean(each), told['uar'])
    same('deviation over folds', statistics.stdev(each), told['uar_deviation_over_folds'])
    means = [statistics.mean(folds) for folds in own]
    same('deviation over seeds', statistics.stdev(means) if len(means) > 1 else 0, told['uar_deviation_over_seeds'])
    for folds, s, seed, wanted in zip(own, said, seeds, told['seeds']):
        same('seed', seed, wanted['seed'])
        same('mean of a seed', statistics.mean(folds), wanted['uar'])
        same('deviation of a seed', statistics.stdev(folds), wanted['uar_deviation'])
        same('pooled', uar(s, range(len(truth))), wanted['uar_pooled'])
    each = [[i for i, test in enumerate(tests) if test['speaker'] == speaker] for speaker in speakers]
    same('mean of speakers', statistics.mean(uar(s, which) for s in said for which in each), told['uar_mean_of_speakers'])


if head['folds']:
    cells = list(pooled(cells, head['folds']))
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
    mine = sorted((c for c in cells if c['strategy'] == row['strategy'] and c['size'] == row['learnt_from']),
                  key=lambda cell: cell['seed'])
    same('seeds', len(mine), row['seeds'])
    said = [answers(c) for c in mine]
    if head['folds']:
        check_folds(row, said, [c['seed'] for c in mine])
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
    for what in ('parameters', 'memory', 'disk', 'operations', 'read'):
        same(what, max(c[what] for c in mine), row[what])
    for what, key in (('seconds', 'train_seconds'), ('cpu_seconds', 'cpu_seconds'), ('latency_p50_ms', 'latency_p50'),
                      ('latency_p95_ms', 'latency_p95')):
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
