"""tests/golden/weights.txt: what transformers computes with two published models, as `make weights` fetches them:
sentence vectors of all-MiniLM-L6-v2; of SmolLM2-135M-Instruct, whose weights the gguf package unpacks, some logits
of 200 tokens, and its greedy texts.
usage: make_weights.py FOLDER (that has minilm/ and smollm2/)"""
import glob
import sys

import fixture
import gguf
import torch
import transformers
from tokenizers import Tokenizer

FOLDER = sys.argv[1]
SENTENCES = ["I am so happy to see you!", "Why did you leave me there, in the dark?", "The train to Lublin departs at 9:15.",
             "Zażółć gęślą jaźń; naïve café, 東京."]
TEXT = """The sea was calm that evening, and the fishermen had already pulled their boats onto the sand. "You should not
go out tonight," said the old woman. "There is a storm behind the hills, I can smell it." But the boy only laughed. He had
seen 14 winters, he knew every stone of the bay, and he wanted to be alone. So he took the smallest boat and rowed until
the lights of the village were no more than a thin yellow line. Then the wind came. It came first as a whisper, then as a
hand that pushed him, and at last as a wall of black water. He thought of his mother, of the bread on the table, of the
dog that would wait at the door. He did not cry. He held the oars as his father had taught him, and counted the waves: one,
two, three, and after every seventh a moment of peace. When the morning rose, grey and cold, they found him asleep on the
stones, and the old woman smiled."""
PROMPTS = ["The capital of France is", "Once upon a time, there was a", "Emotions can be heard in a voice because",
           "def fibonacci(n):\n", "She looked at him angrily and said: \""]
figures = {}

tokens = Tokenizer.from_file(f"{FOLDER}/minilm/tokenizer.json")
tokens.no_padding(), tokens.no_truncation()
bert = transformers.AutoModel.from_pretrained(f"{FOLDER}/minilm").double().eval()
for i, sentence in enumerate(SENTENCES):
    with torch.no_grad():
        states = bert(torch.tensor([tokens.encode(sentence).ids])).last_hidden_state[0]
    mean = states.mean(0)
    figures[f"minilm.{i}"] = mean / mean.norm()

reader = gguf.GGUFReader(glob.glob(f"{FOLDER}/smollm2/*.gguf")[0])
config = transformers.LlamaConfig(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30,
                                  num_attention_heads=9, num_key_value_heads=3, max_position_embeddings=8192,
                                  rope_theta=100000.0, rms_norm_eps=1e-5, tie_word_embeddings=True)
model = transformers.LlamaForCausalLM(config)
NAMES = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
         "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm",
         "ffn_norm": "post_attention_layernorm"}


def for_halves(weight, heads):
    return weight.reshape(heads, weight.shape[0] // heads // 2, 2, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


state = {}
for tensor in reader.tensors:
    weight = torch.from_numpy(gguf.quants.dequantize(tensor.data, tensor.tensor_type).copy())
    name = tensor.name.removesuffix(".weight")
    if name.startswith("blk."):
        _, layer, part = name.split(".")
        if part in ("attn_q", "attn_k"):
            weight = for_halves(weight, 9 if part == "attn_q" else 3)
        state[f"model.layers.{layer}.{NAMES[part]}.weight"] = weight
    else:
        state[{"token_embd": "model.embed_tokens.weight", "output_norm": "model.norm.weight"}[name]] = weight
state["lm_head.weight"] = state["model.embed_tokens.weight"]
model.load_state_dict(state)
model = model.eval()

vocabulary = reader.fields["tokenizer.ggml.tokens"].contents()
merges = [tuple(m.split(" ")) for m in reader.fields["tokenizer.ggml.merges"].contents()]
from tokenizers import decoders, models, pre_tokenizers
bpe = Tokenizer(models.BPE({t: i for i, t in enumerate(vocabulary)}, merges))
bpe.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])

ids = bpe.encode(TEXT.replace("\n", " ")).ids[:200]
figures["smollm2.ids"] = ids
with torch.no_grad():
    figures["smollm2.logits"] = model.double()(torch.tensor([ids])).logits[0][:, ::4001]
    model = model.float()
    for i, prompt in enumerate(PROMPTS):
        ids = bpe.encode(prompt).ids
        begin = len(ids)
        gap, past, fresh = 1e9, None, ids
        for _ in range(64):
            out = model(torch.tensor([fresh]), past_key_values=past, use_cache=True)
            past, logits = out.past_key_values, out.logits[0, -1]
            best = logits.topk(2).values
            gap = min(gap, float(best[0] - best[1]))
            fresh = [int(logits.argmax())]
            ids += fresh
        figures[f"smollm2.prompt{i}"] = ids[:begin]
        figures[f"smollm2.greedy{i}"] = ids[begin:]
        figures[f"smollm2.gap{i}"] = gap
fixture.write("tests/golden/weights.txt", figures)
