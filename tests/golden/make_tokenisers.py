"""The fixtures of tests/text/pieces: small vocabularies trained by tokenizers and sentencepiece, and
what these make of hostile texts. Training breaks ties by chance: the vocabularies differ from run
to run, and what is made of them with them. Needs both packages; usage, from the root: make_tokenisers.py"""
import io
import json
import struct

import sentencepiece
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers,
                        processors, trainers)

FOLDER = "tests/golden/tokenisers"
CORPUS = """I can't believe it. You're late again, aren't you? We've waited for 2 hours!
She said: "I don't know what to do." They'll be here at 10:45, won't they?
It was the best of days, it was the worst of days; he laughed and she cried.
Nie wiem, co powiedzieć. Dlaczego płaczesz? Jestem taka szczęśliwa, że tu jesteś!
Ich weiß nicht, was soll es bedeuten, daß ich so traurig bin. Größe, Übermut, Äpfel.
Je suis très heureux; l'été est déjà là. Ça va? Où êtes-vous?
Я очень рад тебя видеть! Почему ты молчишь? Почему?
def f(x):
    return x + 1
happy happier happiest, sad sadder saddest, angry angrier angriest, fear fearful fearless
laughing crying shouting whispering talking walking waiting looking feeling thinking""".split("\n")

TEXTS = [
    "", "a", " ", "  ", "   a", "a   ", "\n", "\n\n a", "a\r\n\r\n  b", "\t\ta \t b\n", "I can't, I CAN'T; we'Re 'ſ 'S",
    "it's'll've", "l'été", "you’re", "' s ''s", "Hello, World!", "  Hello   world  ", "waiting laughing unhappiest",
    "Dlaczego płaczesz?", "Größe Äpfel ÄPFEL ẞß", "Почему ты молчишь", "😀👩‍💻🏳️‍🌈", "e\u0301 é ê\u0323 \u1e9b\u0323",
    "a\u0323\u0307 a\u0307\u0323 a\u0345\u0301", "İstanbul ıi", "ΑΣ ΣΑΣ", "Ǆǅǆ ﬁ Å \u212b", "한국어 각 \u1100\u1161\u11a8",
    "日本語 中文測試 𠀀𪜶", "\u200b\u200d\ufeffa", "\x01\x02\x7f\x85", "\x00a\x00", "\u2028\u2029\u3000a\u00a0b",
    "123456 1a2b3 1,234.5", "½ ² ① Ⅷ ٣٤٥٦٧", "x² + y³ ≠ π", "<|im_start|>user\nhi<|im_end|>", "<|im_start", "[CLS] [MASK] [SEP]",
    " [MASK]  a", "<s></s><unk>", "▁ ▁▁a ▁b", "##ing ## #", "नमस्ते दुनिया", "สวัสดีชาวโลก", "مرحبا بالعالم", "שָׁלוֹם",
    "\U0001d49c𝓑 \U000e0001\U000f0000\U0010ffff", "\ufffd\ufffe\uffff a\ufffdb", "(*^_^)/~~ <3 :-)",
    "def f(x):\n    return x  # hi\n\n\n", "\u0958\u0928\u093c \u09c7\u09be", "a" * 120, "x" * 100, "x" * 101, "ab" * 300,
    " " * 70 + "a", "!" * 65, "happy" * 30, "why not Why Not",
]
BYTES = [b"\xff\xfe", b"a\xc3", b"\xe2\x82", b"\xf0\x9f\x98 x", b"\xc0\xaf", b"\xed\xa0\x80", b"a\x80b\xbf\xbf",
         b"\xf4\x90\x80\x80", b"\xe2\x96\x81\xe2\x96"]
ALL = [text.encode() for text in TEXTS] + BYTES

GPT2 = pre_tokenizers.ByteLevel(add_prefix_space=False)
LETTERS = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
          r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def train(tokenizer, trainer):
    tokenizer.train_from_iterator(CORPUS * 3, trainer)
    return tokenizer


def byte_level(cut, normalizer=None, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = cut
    tokenizer.decoder = decoders.ByteLevel()
    return train(tokenizer, trainers.BpeTrainer(
        vocab_size=420, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))


def smollm():
    return byte_level(pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), GPT2]))


def llama3():
    split = pre_tokenizers.Split(Regex(LLAMA3), "isolated")
    tokenizer = byte_level(pre_tokenizers.Sequence([split, LETTERS]), ignore_merges=True)
    template = processors.TemplateProcessing("<|endoftext|> $A", special_tokens=[("<|endoftext|>", 0)])
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), template])
    return tokenizer


def qwen2():
    split = pre_tokenizers.Split(Regex(LLAMA3.replace("{1,3}", "")), "isolated")
    return byte_level(pre_tokenizers.Sequence([split, LETTERS]), normalizers.NFC())


def roberta():
    tokenizer = byte_level(pre_tokenizers.ByteLevel(add_prefix_space=True))
    tokenizer.add_special_tokens([AddedToken("<|im_start", lstrip=True), AddedToken("[MASK]", lstrip=True, rstrip=True)])
    tokenizer.post_processor = processors.RobertaProcessing(("<|im_end|>", 2), ("<|im_start|>", 1))
    return tokenizer


def bert():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    train(tokenizer, trainers.WordPieceTrainer(
        vocab_size=400, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B [SEP]", [("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def words():
    """WordPiece with normalizers of its own, and a token that is sought after them."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=20))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    train(tokenizer, trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]", "[MASK]"], show_progress=False))
    tokenizer.add_tokens([AddedToken("Why Not", normalized=True)])
    return tokenizer


def llama2():
    """Llama 2's file as converted: SentencePiece's BPE told by merges."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    train(tokenizer, trainers.BpeTrainer(
        vocab_size=480, special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)],
        limit_alphabet=70, show_progress=False))
    file = json.loads(tokenizer.to_str())
    file["pre_tokenizer"] = None
    file["added_tokens"] = file["added_tokens"][:3]
    file["model"]["merges"] = [" ".join(merge) for merge in file["model"]["merges"]]  # as older files have them
    tokenizer = Tokenizer.from_str(json.dumps(file))
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A", special_tokens=[("<s>", 1)])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    return tokenizer


def metaspace():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="first")
    return train(tokenizer, trainers.BpeTrainer(vocab_size=250, special_tokens=["<unk>", "<s>", "</s>"], show_progress=False))


def sentencepiece_model():
    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS * 3), model_writer=out, model_type="bpe", vocab_size=480, byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, character_coverage=0.99,
        num_threads=1, minloglevel=2)
    return sentencepiece.SentencePieceProcessor(model_proto=out.getvalue())


def write_cases(name, encode, decode):
    """A line a text: its ids | the bytes of what they are decoded to, as hexadecimal digits, or -."""
    with open(f"{FOLDER}/{name}.ids", "w") as out:
        for text in ALL:
            ids = encode(text.decode("utf-8", "replace"))
            text = decode(ids).encode().hex() if decode else "-"
            out.write(" ".join(map(str, ids)) + f" | {text}\n")


def fnv(value, data):
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def write_blocks(name, encode):
    """The hash of the ids of every character, 4096 a line: alone among its neighbours, sixteen
    together; and between a letter and a digit, sixteen words together."""
    with open(f"{FOLDER}/{name}.blocks", "w") as out:
        for block in range(0, 0x30000, 0x1000):
            value = 0xCBF29CE484222325
            for first in range(block, block + 0x1000, 16):
                if 0xD800 <= first < 0xE000:
                    continue
                points = range(max(first, 1), first + 16)
                for text in ("".join(chr(p) for p in points), " ".join(f"a{chr(p)}1" for p in points)):
                    ids = encode(text)
                    value = fnv(value, struct.pack(f"<{len(ids)}i", *ids))
            out.write(f"{value:016x}\n")


def main():
    with open(f"{FOLDER}/corpus.txt", "w") as out:
        out.writelines(line + "\n" for line in CORPUS * 3)
    with open(f"{FOLDER}/texts.hex", "w") as out:
        out.writelines(text.hex() + "\n" for text in ALL)
    for make in (smollm, llama3, qwen2, roberta, bert, words, llama2, metaspace):
        tokenizer = make()
        tokenizer.save(f"{FOLDER}/{make.__name__}.json", pretty=False)
        # tokenizers spells an added token in small letters, where the file does not
        decode = None if make is words else tokenizer.decode
        write_cases(make.__name__, lambda text: tokenizer.encode(text).ids, decode)
        write_blocks(make.__name__, lambda text: tokenizer.encode(text).ids)
    model = sentencepiece_model()
    with open(f"{FOLDER}/sentencepiece.txt", "w") as out:
        for i in range(len(model)):
            kind = 2 if model.is_unknown(i) else 3 if model.is_control(i) else 6 if model.is_byte(i) else 1
            out.write(f"{kind} {model.get_score(i):.9g} {model.id_to_piece(i)}\n")
    write_cases("sentencepiece", model.encode, model.decode)
    write_blocks("sentencepiece", model.encode)


if __name__ == "__main__":
    main()
