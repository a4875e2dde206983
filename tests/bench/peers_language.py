"""How fast build/emotionnet lm reads a prompt and writes, beside llama.cpp on the same file (pip install
llama-cpp-python), in alternating rounds: the fastest of each, and the ratio.
usage: nice -n -15 peers_language.py MODEL.gguf [ROUNDS [PROMPT_TOKENS]]"""
import os
import re
import subprocess
import sys
import time

import llama_cpp

MODEL = sys.argv[1]
ROUNDS, PROMPT = [int(x) for x in (sys.argv[2:] + ["3", "512"][len(sys.argv) - 2:])[:2]]
WRITTEN = 64
PROGRAM = os.environ.get("EMOTIONNET", "build/emotionnet")
WORDS = "the sea was calm that evening and the boats lay on the sand while an old man told of storms ".split()


def ours(threads, text):
    told = subprocess.run([PROGRAM, "lm", MODEL, "--prompt", text, "--tokens", str(WRITTEN), "--threads", str(threads)],
                          capture_output=True, text=True, check=True).stderr
    return [float(x) for x in re.search(r"tokens, ([\d.]+) a second; written: \d+ tokens, ([\d.]+)", told).groups()]


def theirs(llm, tokens):
    llm.reset()
    begun = time.perf_counter()
    llm.eval(tokens)
    read = time.perf_counter()
    for token in tokens[1:WRITTEN]:
        llm.eval([token])
    return [len(tokens) / (read - begun), (WRITTEN - 1) / (time.perf_counter() - read)]


for threads in (1, 2):
    llm = llama_cpp.Llama(MODEL, n_ctx=PROMPT + WRITTEN + 8, n_batch=512, n_threads=threads, n_threads_batch=threads, verbose=False)
    text, n = "", 0
    while len(llm.tokenize(text.encode(), add_bos=False)) < PROMPT:
        text += WORDS[n % len(WORDS)] + " "
        n += 1
    text = text.rstrip()
    tokens = llm.tokenize(text.encode(), add_bos=False)[:PROMPT]
    best = {"ours": [0, 0], "theirs": [0, 0]}
    for _ in range(ROUNDS):
        for name, found in (("theirs", theirs(llm, tokens)), ("ours", ours(threads, text))):
            best[name] = [max(a, b) for a, b in zip(best[name], found)]
    del llm
    for i, what in enumerate((f"prompt of {len(tokens)}", "decoding")):
        a, b = best["ours"][i], best["theirs"][i]
        print(f"{threads} threads, {what}: EmotionNet {a:.0f}, llama.cpp {b:.0f} tokens a second: {a / b:.2f} times", flush=True)
