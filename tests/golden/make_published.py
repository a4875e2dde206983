"""tests/golden/published/: small models as their publishers' programs save them (transformers, tokenizers,
gguf), and tests/golden/published.txt: what transformers computes with them.

    gpt2/   F32, maps held as (in,out)     llama/  BF16, tied, heads that share keys
    bert/   F16, with a pooler             llama.gguf  Q8_0, untied, q and k in the order for adjacent pairs
"""
import json
import os

import fixture
import gguf
import numpy
import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

HERE = "tests/golden/published"
LETTERS = sorted(pre_tokenizers.ByteLevel.alphabet())
MERGES = ["Ġ t", "h e", "Ġt he", "Ġ a", "i n", "e r", "o u", "Ġ s"]
BYTES = ["<|end|>", "<|im_start|>", "<|im_end|>", *LETTERS, *[m.replace(" ", "") for m in MERGES]]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "sea", "is", "so", "calm", "##er", "##est", "and", ".", "!"]
CHAT = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{{ '<|im_start|>assistant\n' }}"
TEXTS = ["the sea is calm", "the calmest sea, and so is the shore in winter!"]
torch.manual_seed(20)


def byte_level(folder):
    t = Tokenizer(models.BPE({token: i for i, token in enumerate(BYTES)}, [tuple(m.split()) for m in MERGES]))
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.add_special_tokens(BYTES[:3])
    t.save(f"{folder}/tokenizer.json")
    return t


def word_pieces(folder):
    t = Tokenizer(models.WordPiece({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    t.add_special_tokens(WORDS[:4])
    t.save(f"{folder}/tokenizer.json")
    return t


def rounded(model, dtype):
    """Larger first values than usual, so that the logits differ; as the file will hold them."""
    for p in model.parameters():
        p.data = (torch.randn_like(p) * (0.3 if p.dim() > 1 else 0.1) + (1 if p.dim() == 1 else 0)).to(dtype).float()
    return model.double().eval()


def save(model, folder, dtype, more={}):
    model.to(dtype).save_pretrained(folder)
    for name in ("generation_config.json", "README.md"):
        if os.path.exists(f"{folder}/{name}"):
            os.remove(f"{folder}/{name}")
    if more:
        tensors = load_file(f"{folder}/model.safetensors")
        save_file({**tensors, **more}, f"{folder}/model.safetensors", {"format": "pt"})


figures = {}


def keep(name, tokenizer, model, output):
    for i, text in enumerate(TEXTS):
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            out = output(model(torch.tensor([ids])))[0]
        figures[f"{name}.ids{i}"] = ids
        figures[f"{name}.out{i}"] = out if out.shape[1] < 100 else out[:, ::9]


os.makedirs(f"{HERE}/gpt2", exist_ok=True)
config = transformers.GPT2Config(vocab_size=len(BYTES), n_embd=24, n_layer=2, n_head=3, n_positions=64, eos_token_id=0,
                                 bos_token_id=0, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0)
gpt2 = rounded(transformers.GPT2LMHeadModel(config), torch.float32)
keep("gpt2", byte_level(f"{HERE}/gpt2"), gpt2, lambda o: o.logits)
save(gpt2, f"{HERE}/gpt2", torch.float32, {"transformer.h.0.attn.bias": torch.ones(1, 1, 8, 8)})

os.makedirs(f"{HERE}/llama", exist_ok=True)
config = transformers.LlamaConfig(vocab_size=len(BYTES), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                                  num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, rope_theta=5000.0,
                                  tie_word_embeddings=True, eos_token_id=0, bos_token_id=0, rms_norm_eps=1e-5)
llama = rounded(transformers.LlamaForCausalLM(config), torch.bfloat16)
llama_tokens = byte_level(f"{HERE}/llama")
keep("llama", llama_tokens, llama, lambda o: o.logits)
save(llama, f"{HERE}/llama", torch.bfloat16)
with open(f"{HERE}/llama/tokenizer_config.json", "w") as out:
    json.dump({"chat_template": CHAT}, out)

os.makedirs(f"{HERE}/bert", exist_ok=True)
config = transformers.BertConfig(vocab_size=len(WORDS), hidden_size=24, intermediate_size=40, num_hidden_layers=2,
                                 num_attention_heads=4, max_position_embeddings=32)
bert = rounded(transformers.BertModel(config), torch.float16)
keep("bert", word_pieces(f"{HERE}/bert"), bert, lambda o: o.last_hidden_state)
save(bert, f"{HERE}/bert", torch.float16, {"embeddings.position_ids": torch.arange(32)[None]})

# The same kind of Llama, another one, untied, as llama.cpp's converter writes it.
config = transformers.LlamaConfig(vocab_size=len(BYTES), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                                  num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, rope_theta=5000.0,
                                  tie_word_embeddings=False, eos_token_id=2, bos_token_id=1, rms_norm_eps=1e-5)
model = rounded(transformers.LlamaForCausalLM(config), torch.float32).float()
writer = gguf.GGUFWriter(f"{HERE}/llama.gguf", "llama")
writer.add_block_count(2)
writer.add_context_length(64)
writer.add_embedding_length(32)
writer.add_feed_forward_length(64)
writer.add_head_count(4)
writer.add_head_count_kv(2)
writer.add_rope_freq_base(5000.0)
writer.add_rope_dimension_count(8)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_tokenizer_model("gpt2")
writer.add_tokenizer_pre("gpt-2")
writer.add_token_list(BYTES)
writer.add_token_types([3, 3, 3] + [1] * (len(BYTES) - 3))
writer.add_token_merges(MERGES)
writer.add_bos_token_id(1)
writer.add_eos_token_id(2)
writer.add_add_bos_token(True)
writer.add_chat_template(CHAT)


def permuted(weight, heads):
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm",
         "post_attention_layernorm": "ffn_norm"}
state = model.state_dict()
for name, tensor in state.items():
    weight = tensor.numpy()
    if weight.ndim == 2:  # as Q8_0 holds it
        packed = gguf.quants.quantize(weight, gguf.GGMLQuantizationType.Q8_0)
        tensor.copy_(torch.from_numpy(gguf.quants.dequantize(packed, gguf.GGMLQuantizationType.Q8_0)))
        weight = tensor.numpy()
    own = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
           "lm_head.weight": "output.weight"}.get(name)
    if not own:
        layer, part = name.removeprefix("model.layers.").split(".", 1)
        own = f"blk.{layer}.{NAMES[part.removesuffix('.weight')]}.weight"
    if "attn_q" in own or "attn_k" in own:
        weight = permuted(weight, 4 if "attn_q" in own else 2)
    if weight.ndim == 2:
        writer.add_tensor(own, gguf.quants.quantize(weight, gguf.GGMLQuantizationType.Q8_0), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    else:
        writer.add_tensor(own, weight)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
model.load_state_dict(state)
keep("gguf", llama_tokens, model.double(), lambda o: o.logits)
fixture.write("tests/golden/published.txt", figures)
