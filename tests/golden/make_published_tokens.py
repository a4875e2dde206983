"""The fixtures of tests/emotionnet/language/test_published_tokens.c: what Hugging Face's tokenizers
make of hostile texts, of every character and of all lines of published corpora with the vocabularies
of all-MiniLM-L6-v2 and SmolLM2. Needs tokenizers and gguf.
usage, from the root: make_published_tokens.py WEIGHTS CORPORA   (as make weights fetched them; EMOTIONNET_DATA)"""
import os
import struct
import sys

import gguf
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

import make_tokenisers
from make_tokenisers import FOLDER, fnv, write_blocks, write_cases

FILES = ["meld/train_sent_emo.csv", "meld/dev_sent_emo.csv", "meld/test_sent_emo.csv", "emorynlp/train.csv",
         "emorynlp/dev.csv", "emorynlp/test.csv", "nemo/data.tsv", "dair-emotion/test.txt"]


def minilm(folder):
    tokenizer = Tokenizer.from_file(f"{folder}/minilm/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def smollm2(folder):
    fields = gguf.GGUFReader(f"{folder}/smollm2/SmolLM2-135M-Instruct.Q4_1.gguf").fields
    tokens, merges, types = (fields["tokenizer.ggml." + key].contents() for key in ("tokens", "merges", "token_type"))
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, [tuple(m.split(" ")) for m in merges]))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(tokens[i], normalized=False) for i in range(len(tokens)) if types[i] == 3])
    return tokenizer


def write_files(name, encode, corpora):
    """A line a file: its name, how many tokens its lines have, and their hash."""
    with open(f"{FOLDER}/{name}.files", "w") as out:
        for file in FILES:
            value, count = 0xCBF29CE484222325, 0
            with open(os.path.join(corpora, file), "rb") as lines:
                for line in lines.read().split(b"\n"):
                    ids = encode(line.decode("utf-8", "replace"))
                    value = fnv(value, struct.pack(f"<{len(ids)}i", *ids))
                    count += len(ids)
            out.write(f"{file} {count} {value:016x}\n")


with open(f"{FOLDER}/texts.hex") as texts:
    make_tokenisers.ALL[:] = [bytes.fromhex(line) for line in texts.read().splitlines()]
for make in (minilm, smollm2):
    tokenizer = make(sys.argv[1])
    encode = lambda text: tokenizer.encode(text).ids
    write_cases(make.__name__, encode, tokenizer.decode if make is smollm2 else None)
    write_blocks(make.__name__, encode)
    write_files(make.__name__, encode, sys.argv[2])
