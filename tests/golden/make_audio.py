"""The fixtures of tests/audio: torchaudio's own features, and librosa's by its formulas in numpy.

torchaudio runs in double precision, its tables included. The signals are rounded to float32, as a
program would hold them. librosa 0.11 is not needed: librosa_db() is what its
feature.melspectrogram and power_to_db do, and gives the MFCC that librosa itself was seen to give.
With EMOTIONNET_DATA set, three frames of two published recordings are added.
"""
import os
import wave
from collections import OrderedDict

import numpy as np
import torch
import torchaudio

import fixture

RATE = 16000
torch.set_default_dtype(torch.float64)
OUT = OrderedDict()


def single(x):
    return np.float64(np.float32(x))


def tone(count):
    return single(0.5 * np.sin(2 * np.pi * 440 * np.arange(count) / RATE))


def noise(count):
    """The same integers in tests/audio/signals.h."""
    x, z = np.empty(count), 1
    for n in range(count):
        z = (z * 1664525 + 1013904223) % 2**32
        x[n] = ((z >> 9) / 2**22 - 1) * 0.1
    return single(x)


def tone_in_noise(count):
    return single(tone(count) + 0.1 * noise(count))


def voice(count):
    """Thirty harmonics of a gliding pitch, and a little noise."""
    t = np.arange(count) / RATE
    phase = 2 * np.pi * (120 * t + 200 * t * t)
    x = sum(np.cos(h * phase) / h for h in range(1, 31))
    return single(0.1 * x + 0.01 * noise(count))


def hann(length):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def slaney_hertz(mel):
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))


def librosa_db(x, rate, fft, window, hop, mels):
    x = np.pad(x, fft // 2)
    w = np.zeros(fft)
    w[(fft - window) // 2:(fft - window) // 2 + window] = hann(window)
    frames = np.stack([x[i:i + fft] * w for i in range(0, len(x) - fft + 1, hop)])
    power = np.abs(np.fft.rfft(frames)) ** 2
    top = 15 + 27 * np.log(rate / 2000) / np.log(6.4)
    f = slaney_hertz(np.linspace(0, top, mels + 2))
    k = np.arange(fft // 2 + 1) * rate / fft
    up = (k[None] - f[:-2, None]) / (f[1:-1] - f[:-2])[:, None]
    down = (f[2:, None] - k[None]) / (f[2:] - f[1:-1])[:, None]
    bank = np.maximum(0, np.minimum(up, down)) * (2 / (f[2:] - f[:-2]))[:, None]
    db = 10 * np.log10(np.maximum(power @ bank.T, 1e-10))
    return np.maximum(db, db.max() - 80)


def dct(x, count):
    m = x.shape[1]
    n, k = np.arange(m), np.arange(count)
    table = np.cos(np.pi * k[:, None] * (n + 0.5) / m) * np.sqrt(2 / m)
    table[0] /= np.sqrt(2)
    return x @ table.T


def torchaudio_ln(x, rate, **settings):
    mel = torchaudio.transforms.MelSpectrogram(rate, **settings)
    return torch.log(mel(torch.from_numpy(x)) + 1e-6).T


def kaldi_of(function, x, rate, **settings):
    wave_int16 = torch.from_numpy(x * 32768)[None]
    return function(wave_int16, dither=0.0, sample_frequency=float(rate), **settings)


kaldi = torchaudio.compliance.kaldi
for name, signal in [("tone", tone), ("tone_in_noise", tone_in_noise),
                     ("noise", noise), ("voice", voice)]:
    x = signal(2400)
    OUT[f"librosa.{name}"] = librosa_db(x, RATE, 2048, 2048, 512, 128)
    OUT[f"torchaudio.{name}"] = torchaudio_ln(x, RATE)
    OUT[f"kaldi.{name}"] = kaldi_of(kaldi.fbank, x, RATE)

x = voice(2400)
OUT["librosa.mfcc"] = dct(librosa_db(tone(16000), RATE, 512, 400, 160, 40), 13)[50]
to_mfcc = torchaudio.transforms.MFCC(
    RATE, n_mfcc=13, melkwargs=dict(n_fft=400, hop_length=160, n_mels=40))
OUT["torchaudio.mfcc"] = to_mfcc(torch.from_numpy(x)).T
OUT["kaldi.mfcc"] = kaldi_of(kaldi.mfcc, x, RATE)
OUT["torchaudio.delta"] = torchaudio.functional.compute_deltas(
    torch.from_numpy(np.array(OUT["kaldi.mfcc"])).T[None])[0].T


def recording(path):
    with wave.open(path) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return data / 32768, file.getframerate()


data = os.environ.get("EMOTIONNET_DATA")
if data:
    for name, path, rows in [
            ("emodb", "emodb/wav/03a01Fa.wav", [20, 70, 120]),
            ("ravdess", "ravdess/Actor_01/03-01-05-01-01-01-01.wav", [120, 150, 180])]:
        x, rate = recording(os.path.join(data, path))
        settings = dict(n_fft=rate // 40, hop_length=rate // 100, n_mels=40)
        OUT[f"librosa.{name}"] = librosa_db(
            x, rate, rate // 40, rate // 40, rate // 100, 40)[rows]
        OUT[f"torchaudio.{name}"] = torchaudio_ln(x, rate, **settings)[rows]
        OUT[f"kaldi.{name}"] = kaldi_of(kaldi.fbank, x, rate)[rows]

fixture.write("tests/golden/audio.txt", OUT)
