"""The models of ../models.c and ../gpt.c in PyTorch, layer by layer, and random batches for them."""
import torch
from torch import nn

UTTERANCES, WORDS, VOCABULARY, WIDTH = 32, 32, 5000, 100
MELS, FRAMES, HIDDEN, CLASSES = 40, 200, 128, 6
TEXTS, TOKENS, TOKEN_KINDS = 16, 64, 1000
BATCHES = 16  # in turn: a single one would be learnt by heart


class Text(nn.Module):
    """Word vectors, and an LSTM's last state."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, WIDTH)
        self.lstm = nn.LSTM(WIDTH, HIDDEN, batch_first=True)

    def forward(self, ids):
        _, (last, _) = self.lstm(self.embedding(ids))
        return last[0]


class Speech(nn.Module):
    """Twice a convolution, ReLU and the larger of two; then the mean over time."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(MELS, 64, 5), nn.ReLU(), nn.MaxPool1d(2),
            nn.Conv1d(64, 128, 5), nn.ReLU(), nn.MaxPool1d(2))

    def forward(self, frames):
        return self.layers(frames).mean(2)


class TextConvolutions(nn.Module):
    """Kim 2014: windows of three, four and five words, and of each filter the maximum."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, WIDTH)
        self.windows = nn.ModuleList(nn.Conv1d(WIDTH, 100, k) for k in (3, 4, 5))
        self.out = nn.Linear(300, CLASSES)

    def forward(self, ids):
        x = self.embedding(ids).transpose(1, 2)
        return self.out(torch.cat([torch.relu(w(x)).amax(2) for w in self.windows], 1))


class SpeechBothWays(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(MELS, HIDDEN // 2, batch_first=True, bidirectional=True)
        self.out = nn.Linear(HIDDEN, CLASSES)

    def forward(self, frames):
        _, (last, _) = self.lstm(frames.transpose(1, 2))
        return self.out(torch.cat([last[0], last[1]], 1))


class EmotionNet(nn.Module):
    """Text and speech, joined in the middle."""

    def __init__(self):
        super().__init__()
        self.text, self.speech = Text(), Speech()
        self.hidden, self.out = nn.Linear(2 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, CLASSES)

    def forward(self, ids, frames):
        joined = torch.cat([self.text(ids), self.speech(frames)], 1)
        return self.out(torch.relu(self.hidden(joined)))


class FaceConvolutions(nn.Module):
    """Pictures of 48 x 48 pixels: four times a convolution, the largest of four, a norm, ReLU."""

    def __init__(self, widths=(1, 16, 32, 64, 48)):
        super().__init__()
        layers = []
        for before, width in zip(widths, widths[1:]):
            layers += [nn.Conv2d(before, width, 3, padding=1), nn.MaxPool2d(2), nn.GroupNorm(1, width), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(9 * widths[-1], 64), nn.ReLU())
        self.out = nn.Linear(64, CLASSES)

    def forward(self, pictures):
        return self.out(self.layers(pictures))


class Block(nn.Module):
    """Attention that sees no later word, and two layers; each after a norm, beside a shortcut."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.projection = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU("tanh"), nn.Linear(4 * width, width))

    def forward(self, x):
        batch, steps, width = x.shape
        heads = self.qkv(self.norm1(x)).view(batch, steps, 3, self.heads, -1)
        q, k, v = heads.permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.projection(seen.transpose(1, 2).reshape(batch, steps, width))
        return x + self.inner(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self, width=128, heads=4, blocks=4):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(TOKEN_KINDS, width), nn.Embedding(TOKENS, width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(blocks)))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, TOKEN_KINDS)

    def forward(self, ids):
        x = self.blocks(self.tokens(ids) + self.positions.weight)
        return self.head(self.norm(x)).flatten(0, 1)


def multilayer():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))


def words(count):
    return torch.randint(VOCABULARY, (count, WORDS))


def frames(count):
    return torch.randn(count, MELS, FRAMES)


# the model; its inputs for so many utterances; labels: how many kinds, and how many an utterance has
MODELS = {
    "mlp": (multilayer, lambda n: (torch.randn(n, 784),), 10, 1),
    "text_lstm": (lambda: nn.Sequential(Text(), nn.Linear(HIDDEN, CLASSES)), lambda n: (words(n),), CLASSES, 1),
    "text_cnn": (TextConvolutions, lambda n: (words(n),), CLASSES, 1),
    "speech_cnn": (lambda: nn.Sequential(Speech(), nn.Linear(HIDDEN, CLASSES)), lambda n: (frames(n),), CLASSES, 1),
    "speech_bilstm": (SpeechBothWays, lambda n: (frames(n),), CLASSES, 1),
    "emotionnet": (EmotionNet, lambda n: (words(n), frames(n)), CLASSES, 1),
    "face_cnn": (FaceConvolutions, lambda n: (torch.randn(n, 1, 48, 48),), CLASSES, 1),
    "gpt": (Gpt, lambda n: (torch.randint(TOKEN_KINDS, (n, TOKENS)),), TOKEN_KINDS, TOKENS),
}


def build(case):
    torch.manual_seed(1)
    return MODELS[case][0]()


def batches(case, count=None):
    """[(inputs, labels), ...] of a training step, or of so many utterances."""
    _, inputs, kinds, labels = MODELS[case]
    count = count or (TEXTS if case == "gpt" else UTTERANCES)
    return [(inputs(count), torch.randint(kinds, (count * labels,))) for _ in range(BATCHES)]


def parameters(model):
    return sum(p.numel() for p in model.parameters())
