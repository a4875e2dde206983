"""Our benchmark and its peers, case by case in alternating rounds, so that whatever else the machine does meets all.
usage: rounds.py BENCH ROUNDS "THREADS..." SECONDS CASE...
Writes `MAKER CASE THREADS MEDIAN_MS LEAST_MS MEGABYTES [SHARE]` for each, after lines that begin with #."""
import importlib
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
import time

from worker import MODULE

HERE = os.path.dirname(os.path.abspath(__file__))


def has(module):
    return importlib.util.find_spec(module) is not None


def same_parameters(bench, wanted):
    """Both sides must do the same work: their models have as many parameters."""
    import models
    listed = subprocess.run([bench, "-n", *(c for c in wanted if c in models.MODELS)],
                            check=True, capture_output=True, text=True).stdout
    for line in listed.splitlines():
        case, ours = line.split()
        theirs = models.parameters(models.build(case))
        if int(ours) != theirs:
            sys.exit(f"bench-compare: {case} has {ours} parameters here and {theirs} in peers/models.py: "
                     "make both the same model")
    print("# parameters: as many on both sides,", listed.strip().replace("\n", ", "))


class Peer:
    def __init__(self, maker, threads, onnx):
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "worker.py"), maker, str(threads), onnx],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def measure(self, case, seconds, core):
        print(case, seconds, core, file=self.process.stdin, flush=True)
        while (line := self.process.stdout.readline()).strip():
            print(line, end="", flush=True)


def ours(bench, case, threads, seconds, core):
    pin = ["taskset", "-c", str(core)] if core >= 0 else []
    done = subprocess.run([*pin, bench, "-t", str(threads), "-s", str(seconds), case],
                          stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"bench-compare: {case} was not measured")
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("#")]
    for line in lines:
        name, threads, median, least, _, _, share, _, peak = line.split()
        print("ours", name, threads, median, least, peak, share, flush=True)
    return len(lines)


def main():
    bench, rounds, seconds, wanted = sys.argv[1], int(sys.argv[2]), float(sys.argv[4]), sys.argv[5:]
    thread_counts = [int(t) for t in sys.argv[3].split()]
    for maker, module in MODULE.items():
        version = importlib.import_module(module).__version__ if has(module) else "not there"
        print(f"# {maker}:", version, flush=True)
    folder = tempfile.TemporaryDirectory()
    onnx = os.path.join(folder.name, "model.onnx")
    makers = [m for m in MODULE if has(MODULE[m])]
    if has("torch"):
        same_parameters(bench, wanted)
    if "onnxruntime" in makers:
        made = has("torch") and has("onnx") and subprocess.run(
            [sys.executable, "-c", "import sys, cases; cases.export(sys.argv[1])", onnx], cwd=HERE).returncode == 0
        if not made:
            makers.remove("onnxruntime")
            print("# onnxruntime: has no model, which needs PyTorch and the module onnx")
    peers = {t: [Peer(m, t, onnx) for m in makers] for t in thread_counts}
    begin = time.time()
    for r in range(rounds):
        for threads in thread_counts:
            core = r % os.cpu_count() if threads == 1 and platform.system() == "Linux" else -1
            for case in wanted:
                if ours(bench, case, threads, seconds, core):  # not where it uses one thread alone
                    for peer in peers[threads]:
                        peer.measure(case, seconds, core)
            print(f"round {r + 1} of {rounds}, {threads} threads: {time.time() - begin:.0f} s", file=sys.stderr)
    for peer in sum(peers.values(), []):
        peer.process.stdin.close()
        peer.process.wait()


if __name__ == "__main__":
    main()
