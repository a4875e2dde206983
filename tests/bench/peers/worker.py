"""A process that measures for one maker: it reads `CASE SECONDS CORE` (CORE -1: any) from its input and writes
`MAKER CASE THREADS MEDIAN_MS LEAST_MS MEGABYTES` for each case that there is, then an empty line.
usage: worker.py MAKER THREADS MODEL.onnx

What was compiled is kept from round to round. For the others each case has a child of its own, so that the peak of
memory is its own; the library is loaded before, so that no child has to."""
import os
import resource
import sys
import time

import cases

MODULE = {"pytorch": "torch", "compiled": "torch", "onnxruntime": "onnxruntime", "soxr": "soxr"}


def measure(run, seconds):
    """Seconds of a call, as ../bench.c has them: sorted."""
    clock = time.perf_counter
    for _ in range(3):
        run()
    calls = 1
    while True:
        begin = clock()
        for _ in range(calls):
            run()
        if clock() - begin > 5e-4:
            break
        calls *= 2
    samples, end = [], clock() + seconds
    while len(samples) < 5 or clock() < end:
        begin = clock()
        for _ in range(calls):
            run()
        samples.append((clock() - begin) / calls)
    return sorted(samples)


def report(maker, name, threads, samples):
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(maker, name, threads, "%.5f %.5f %.1f" % (
        samples[len(samples) // 2] * 1e3, samples[0] * 1e3, peak / 1024), flush=True)


def limit(threads, core):
    """Threads, a core, and denormals that count as zero, as ours do."""
    os.sched_setaffinity(0, range(os.cpu_count()) if core < 0 else {core})
    if "torch" in sys.modules:
        import torch
        torch.set_num_threads(threads)
        torch.set_flush_denormal(True)


def main():
    maker, threads, onnx = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    __import__(MODULE[maker])
    prepared = {}
    for line in sys.stdin:
        case, seconds, core = line.split()
        found = cases.find(case, maker, threads, onnx) or {}
        child = 0 if maker == "compiled" else os.fork()
        if not child:
            limit(threads, int(core))
            for name, prepare in found.items():
                if name not in prepared:
                    prepared[name] = prepare()
                report(maker, name, threads, measure(prepared[name], float(seconds)))
            if maker != "compiled":
                os._exit(0)
        else:
            os.waitpid(child, 0)
        print(flush=True)


if __name__ == "__main__":
    main()
