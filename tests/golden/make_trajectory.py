"""Fifty training steps of EmotionNet with middle fusion, in PyTorch: tests/golden/trajectory.txt.

    python3 tests/golden/make_trajectory.py          in the project's root

The model as in emotionnet/encoders.c and fusion.c, utterance by utterance, so that there is no padding;
first values by name KIND.NAME, losses KIND.losses. Adam, gradients clipped to a norm of CLIP.
"""
import torch
import torch.nn.functional as F
from torch import nn

import fixture
from fixture import normal

torch.manual_seed(12)

# as in tests/emotionnet/train/test_trajectory.c
VOCABULARY, WORD, MELS, TEXT, SPEECH, FUSION, CLASSES = 12, 5, 4, 6, 6, 7, 3
UTTERANCES, BATCH, STEPS, RATE, CLIP, LONGEST = 24, 8, 50, 0.01, 1.0, 7

ids = torch.randint(1, VOCABULARY, (UTTERANCES, LONGEST))
words = torch.randint(1, LONGEST + 1, (UTTERANCES,))
frame_counts = torch.randint(1, 21, (UTTERANCES,))
frames = [normal(int(n), MELS) for n in frame_counts]
labels = torch.randint(0, CLASSES, (UTTERANCES,))


class Text(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, WORD, padding_idx=0)
        if kind == "lstm":
            self.lstm = nn.LSTM(WORD, TEXT // 2, bidirectional=True)
        else:
            self.conv1, self.conv3, self.conv5 = (
                nn.Conv1d(WORD, TEXT // 3, width, padding=width // 2) for width in (1, 3, 5))

    def forward(self, ids):
        x = self.embedding(ids)  # (T,E)
        if hasattr(self, "lstm"):
            return self.lstm(x)[0].amax(0)
        convs = (self.conv1, self.conv3, self.conv5)
        return torch.cat([conv(x.T[None])[0].relu() for conv in convs]).amax(1)


class Speech(nn.Module):
    def __init__(self, kind):
        super().__init__()
        if kind == "lstm":
            self.lstm = nn.LSTM(MELS, SPEECH // 2, bidirectional=True)
        else:
            self.conv1 = nn.Conv1d(MELS, SPEECH // 2, 5, padding=2)
            self.conv2 = nn.Conv1d(SPEECH // 2, SPEECH, 5, padding=2)

    def forward(self, frames):
        x = frames.T[None]  # (1,F,T)
        if hasattr(self, "lstm"):
            x = F.max_pool1d(x, 2, ceil_mode=True)
            x = self.lstm(x[0].T)[0].T[None]
        else:
            for conv in (self.conv1, self.conv2):
                x = F.max_pool1d(conv(x).relu(), 2, ceil_mode=True)
        return torch.cat([x[0].mean(1), x[0].amax(1)])


class Middle(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(TEXT + 2 * SPEECH, FUSION)
        self.out = nn.Linear(FUSION, CLASSES)

    def forward(self, x):
        return self.out(self.hidden(x).relu())


class EmotionNet(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.text, self.speech, self.fusion = Text(kind), Speech(kind), Middle()

    def forward(self, batch):
        return self.fusion(torch.stack([torch.cat([
            self.text(ids[u, :words[u]]), self.speech(frames[u])]) for u in batch]))


figures = {"ids": ids, "words": words, "frame_counts": frame_counts,
           "frames": torch.cat(frames), "labels": labels}
for kind in ("cnn", "lstm"):
    model = EmotionNet(kind).double()
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(normal(*p.shape) / 4)
            if name == "text.embedding.weight":
                p[0] = 0
            figures[f"{kind}.{name}"] = p.clone()
    optimiser = torch.optim.Adam(model.parameters(), RATE)
    losses = []
    for step in range(STEPS):
        batch = [(step * BATCH + b) % UTTERANCES for b in range(BATCH)]
        optimiser.zero_grad()
        loss = F.cross_entropy(model(batch), labels[batch])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimiser.step()
        losses.append(loss.item())
    figures[f"{kind}.losses"] = losses

fixture.write("tests/golden/trajectory.txt", figures)
