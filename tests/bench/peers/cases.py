"""What a peer does in each case: a function without arguments, to be called again and again."""
import itertools
import os
import tempfile

import numpy

RATE = 16000
PRODUCTS = [(64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024),
            (16, 128, 512), (32, 128, 512), (32, 256, 1024), (64, 256, 1024), (32, 784, 256),
            (1024, 100, 512), (1024, 128, 384)]
CONVOLUTIONS = [(32, 200, 40, 64, 5), (32, 98, 64, 128, 5), (32, 100, 40, 64, 3),
                (32, 300, 128, 128, 3), (1, 200, 40, 64, 5)]


def training(case, compiled):
    """A step: forward, cross-entropy, backward, Adam over everything."""
    import torch
    import models
    model = models.build(case)
    optimiser = torch.optim.Adam(model.parameters(), 1e-3)
    forward = torch.compile(model) if compiled else model
    batches = itertools.cycle(models.batches(case))

    def step():
        inputs, labels = next(batches)
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(forward(*inputs), labels).backward()
        optimiser.step()
    return step


def prediction(compiled):
    """EmotionNet reads one utterance."""
    import torch
    import models
    model = models.build("emotionnet").eval()
    forward = torch.compile(model) if compiled else model
    batches = itertools.cycle(models.batches("emotionnet", 1))

    def predict():
        with torch.inference_mode():
            forward(*next(batches)[0])
    return predict


def export(path):
    """EmotionNet for onnxruntime, of one utterance."""
    import torch
    import warnings
    import models
    warnings.filterwarnings("ignore")
    inputs = models.batches("emotionnet", 1)[0][0]
    torch.onnx.export(models.build("emotionnet").eval(), inputs, path, dynamo=False,
                      input_names=["ids", "frames"], output_names=["logits"])


def onnx_prediction(path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    random = numpy.random.default_rng(1)
    inputs = {"ids": random.integers(5000, size=(1, 32)),
              "frames": random.standard_normal((1, 40, 200), dtype=numpy.float32)}
    return lambda: session.run(None, inputs)


def chain(multiply, numbers):
    """10,000 operations one after the other, forward and backward."""
    import torch
    w = torch.full((numbers,), 0.99999 if multiply else 0.0001)

    def run():
        x = y = torch.full((numbers,), 0.5, requires_grad=True)
        for _ in range(10000):
            y = y * w if multiply else y + w
        y.sum().backward()
    return run


def product(m, k, n):
    import torch
    a, b, out = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
    return lambda: torch.mm(a, b, out=out)


def convolution(batch, steps, features, outputs, kernel):
    import torch
    x = torch.randn(batch, features, steps)
    weight, bias = torch.randn(outputs, features, kernel), torch.randn(outputs)
    return lambda: torch.nn.functional.conv1d(x, weight, bias)


def mel_bands(fft, bands):
    """Triangles on HTK's scale, as torchaudio has them without a norm: (fft / 2 + 1, bands)."""
    mel = lambda hertz: 2595 * numpy.log10(1 + hertz / 700)
    edges = 700 * (10 ** (numpy.linspace(mel(0), mel(RATE / 2), bands + 2) / 2595) - 1)
    hertz = numpy.linspace(0, RATE / 2, fft // 2 + 1)[:, None]
    rising = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
    return numpy.maximum(0, numpy.minimum(rising, falling)).astype(numpy.float32)


def cosines(bands, coefficients):
    n, k = numpy.arange(bands) + 0.5, numpy.arange(coefficients)[:, None]
    matrix = numpy.sqrt(2 / bands) * numpy.cos(numpy.pi / bands * k * n)
    matrix[0] /= numpy.sqrt(2)
    return matrix.astype(numpy.float32)


def features(fft, bands, seconds, coefficients=0):
    """Log-mel frames of noise, or the cosine transform of decibels."""
    import torch
    sound = 0.1 * torch.randn(seconds * RATE)
    window, to_bands = torch.hann_window(fft), torch.from_numpy(mel_bands(fft, bands)).t().contiguous()
    to_cosines = torch.from_numpy(cosines(bands, coefficients)) if coefficients else None

    def run():
        with torch.inference_mode():
            spectrum = torch.stft(sound, fft, 160, window=window, return_complex=True)
            mel = to_bands @ (spectrum.real.square() + spectrum.imag.square())
            if to_cosines is None:
                return torch.log(mel.clamp(min=1e-6))
            decibels = 10 * torch.log10(mel.clamp(min=1e-10))
            return to_cosines @ torch.maximum(decibels, decibels.max() - 80)
    return run


def resampling():
    """A minute of 16 bit at 48 kHz from a file to 16 kHz, in soxr's high quality."""
    import soxr
    import wave
    path = os.path.join(tempfile.mkdtemp(), "minute.wav")
    noise = 0.1 * numpy.random.default_rng(1).standard_normal(60 * 48000)
    with wave.open(path, "wb") as out:
        out.setparams((1, 2, 48000, 0, "NONE", ""))
        out.writeframes((numpy.clip(noise, -1, 1) * 32767).astype("<i2").tobytes())

    def run():
        with wave.open(path) as file:
            samples = numpy.frombuffer(file.readframes(file.getnframes()), "<i2")
        return soxr.resample(samples.astype(numpy.float32) / 32768, 48000, RATE, "HQ")
    return run


def first(maker, path):
    """From the start of a process to its first answer."""
    import subprocess
    import sys
    here = os.path.dirname(os.path.abspath(__file__))
    return lambda: subprocess.run([sys.executable, os.path.join(here, "first.py"), maker, path], check=True)


def sounds():
    """{name: features(...)} of the cases of ../audio.c that are compared."""
    made = {f"logmel_n400_m40_{s}s": (400, 40, s) for s in (1, 3, 60)}
    made.update({f"mfcc40_n400_m80_{s}s": (400, 80, s, 40) for s in (1, 3, 60)})
    return made


def find(case, maker, threads, onnx):
    """{name: what to call}: one case, or those of a group; None where the maker has no part in it."""
    if maker == "onnxruntime":
        return {"emotionnet_infer_b1": {case: lambda: onnx_prediction(onnx, threads)},
                "first_prediction": {case: lambda: first(maker, onnx)}}.get(case)
    if maker == "soxr":
        return {case: resampling} if case.startswith("read_resample") else None
    compiled = maker == "compiled"
    if case == "emotionnet_infer_b1":
        return {case: lambda: prediction(compiled)}
    import models
    if case in models.MODELS:
        return {case: lambda: training(case, compiled)}
    if compiled:
        return None
    if case == "first_prediction":
        return {case: lambda: first(maker, onnx)}
    if case == "gemm":
        return {"gemm:%dx%dx%d" % p: lambda p=p: product(*p) for p in PRODUCTS}
    if case == "conv1d":
        return {"conv1d:B%d_T%d_%dto%d_k%d" % c: lambda c=c: convolution(*c) for c in CONVOLUTIONS}
    if case in sounds():
        return {case: lambda: features(*sounds()[case])}
    if case.startswith("autograd_chain10k"):
        return {case: lambda: chain("mul" in case, int(case.rsplit("n", 1)[1]))}
    return None
