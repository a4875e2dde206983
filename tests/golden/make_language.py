"""transformers' logits and gradients of small random language models, and PyTorch's of their parts:
tests/golden/language.txt. Parameters are in the order of layers/gpt2.h, llama.h and bert.h.

    python3 tests/golden/make_language.py          in the project's root
"""
import torch
import transformers
from torch import nn
from torch.func import functional_call

import fixture
from fixture import normal

torch.manual_seed(5)

IDS = torch.tensor([[3, 9, 1, 10, 4, 4], [7, 2, 2, 5, 0, 0]])
LENGTHS = [6, 4]
B, T = IDS.shape
VOCABULARY, D, HEADS, GROUPS, HEAD, LAYERS, LONGEST = 11, 4, 4, 2, 4, 2, 8
SEEN = torch.arange(T)[None] < torch.tensor(LENGTHS)[:, None]


def run(model, names, turned, weights):
    """The logits, or the last hidden steps, zero after each length. An eighth of them, so that the
    gradients of so many parameters are near 1, where floats are compared."""
    given = {n: w.T if turned(n) else w for n, w in zip(names, weights)}
    out = functional_call(model, given, (), dict(input_ids=IDS, attention_mask=SEEN.long()))
    y = out.logits if hasattr(out, "logits") else out.last_hidden_state
    return y.masked_fill(~SEEN[..., None], 0) / 8


def case(model, names, turned=lambda name: False, weights=None):
    model = model.double().eval()
    parameters = dict(model.named_parameters())
    assert set(names) <= set(parameters), set(names) - set(parameters)
    if weights is None:
        weights = []
        for name in names:
            p = parameters[name]
            norm = "norm" in name.lower() or ".ln_" in name
            w = normal(*p.shape) / (1 if "emb" in name or "wte" in name else 4) + (1 if norm and name.endswith("weight") else 0)
            weights.append((w.T if turned(name) else w).contiguous())
    return (lambda *w: run(model, names, turned, w), *weights)


def both(name, *parts):
    return [f"{name}.{part}.{kind}" for part in parts for kind in ("weight", "bias")]


def gpt2():
    names = ["transformer.wte.weight", "transformer.wpe.weight"]
    for i in range(LAYERS):
        names += both(f"transformer.h.{i}", "ln_1", "attn.c_attn", "attn.c_proj", "ln_2", "mlp.c_fc",
                      "mlp.c_proj")
    names += both("transformer", "ln_f")
    model = transformers.GPT2LMHeadModel(transformers.GPT2Config(
        vocab_size=VOCABULARY, n_positions=LONGEST, n_embd=D, n_layer=LAYERS, n_head=2,
        attn_implementation="eager"))
    return case(model, names, lambda name: ".c_" in name and name.endswith("weight"))


def llama(tied):
    names = ["model.embed_tokens.weight"]
    for i in range(LAYERS):
        names += [f"model.layers.{i}.{part}.weight" for part in (
            "input_layernorm", "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
            "self_attn.o_proj", "post_attention_layernorm", "mlp.gate_proj", "mlp.up_proj",
            "mlp.down_proj")]
    names += ["model.norm.weight"] + ([] if tied else ["lm_head.weight"])
    model = transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=D, intermediate_size=6, num_hidden_layers=LAYERS,
        num_attention_heads=HEADS, num_key_value_heads=GROUPS, head_dim=HEAD, rms_norm_eps=1e-5,
        rope_theta=100.0, tie_word_embeddings=tied, attn_implementation="eager"))
    assert model.model.rotary_emb.inv_freq[1] == torch.tensor(0.1), "theta was not taken"
    return case(model, names)


def bert():
    names = [f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")]
    names += both("embeddings", "LayerNorm")
    for i in range(LAYERS):
        names += both(f"encoder.layer.{i}", "attention.self.query", "attention.self.key",
                      "attention.self.value", "attention.output.dense", "attention.output.LayerNorm",
                      "intermediate.dense", "output.dense", "output.LayerNorm")
    model = transformers.BertModel(transformers.BertConfig(
        vocab_size=VOCABULARY, hidden_size=D, num_hidden_layers=LAYERS, num_attention_heads=2,
        intermediate_size=6, max_position_embeddings=LONGEST, attn_implementation="eager"),
        add_pooling_layer=False)
    return case(model, names)


def paired(weight, heads):
    """Rows of a map to queries or keys, from halves to adjacent pairs, as converters to GGUF do it."""
    return weight.reshape(heads, 2, HEAD // 2, -1).transpose(1, 2).reshape(weight.shape)


def pairs(halves):
    """The same model for the other rotary layout: its logits are those of `halves`."""
    function, *weights = halves
    for i in range(LAYERS):
        q, k = 2 + 9 * i, 3 + 9 * i
        weights[q] = paired(weights[q], HEADS).detach().contiguous()
        weights[k] = paired(weights[k], GROUPS).detach().contiguous()
    return {f"llama.pairs.q{i}": weights[2 + 9 * i] for i in range(LAYERS)} | {
        f"llama.pairs.k{i}": weights[3 + 9 * i] for i in range(LAYERS)}


def rmsnorm(x, weight):
    return nn.functional.rms_norm(x, (x.shape[-1],), weight, 1e-5)


llama_halves = llama(False)
cases = {
    "gpt2": gpt2(),
    "llama": llama_halves,
    "llama.tied": llama(True),
    "bert": bert(),
    "rmsnorm": (rmsnorm, normal(3, 5), normal(5)),
}
fixture.write_cases("tests/golden/language.txt", cases, pairs(llama_halves))
