"""Ten steps of PyTorch's optimisers: tests/golden/optim.txt.

    python3 tests/golden/make_optim.py          in the project's root

start.a, start.b: the parameters; gradient.0.a, ... gradient.9.b: a gradient a step; and for each
optimiser NAME the parameters after each step, NAME.0.a, ...
average.0, ...: a moving average of `a`, from which the gradient itself is taken away in each step.
schedule.NAME: the rates of twenty steps, where the highest is 1.
"""
import torch

import fixture
from fixture import normal

torch.manual_seed(4)

SHAPES = {"a": (3, 7), "b": (5,)}
STEPS = 10

start = {name: normal(*shape) for name, shape in SHAPES.items()}
gradients = [{name: normal(*shape) for name, shape in SHAPES.items()}
             for _ in range(STEPS)]

optimisers = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd.momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "sgd.nesterov": lambda p: torch.optim.SGD(
        p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam.settings": lambda p: torch.optim.Adam(
        p, lr=0.05, betas=(0.8, 0.95), eps=1e-3),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "rmsprop.settings": lambda p: torch.optim.RMSprop(
        p, lr=0.01, alpha=0.9, eps=1e-3, momentum=0.8, weight_decay=0.1),
    "groups": lambda p: torch.optim.AdamW(
        [{"params": p[:1], "lr": 0.001, "weight_decay": 0.1},
         {"params": p[1:], "weight_decay": 0.0}], lr=0.01),
}

figures = {f"start.{name}": x for name, x in start.items()}
for step, gradient in enumerate(gradients):
    figures.update({f"gradient.{step}.{name}": g for name, g in gradient.items()})
for optimiser_name, make in optimisers.items():
    parameters = {name: x.clone().requires_grad_() for name, x in start.items()}
    optimiser = make(list(parameters.values()))
    for step, gradient in enumerate(gradients):
        for name, p in parameters.items():
            p.grad = gradient[name].clone()
        optimiser.step()
        figures.update({f"{optimiser_name}.{step}.{name}": p.detach().clone()
                        for name, p in parameters.items()})

class Weights(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(start["a"].clone())


DECAY = 0.5  # from the eighth update on: (1 + n) / (10 + n) is less before
model = Weights()
averaged = torch.optim.swa_utils.AveragedModel(
    model, avg_fn=lambda mean, p, n: mean + (1 - min(DECAY, n / (9 + n))) * (p - mean))
averaged.update_parameters(model)  # the first one copies, and is counted: n is 1 in the next
for step, gradient in enumerate(gradients):
    with torch.no_grad():
        model.a -= gradient["a"]
    averaged.update_parameters(model)
    figures[f"average.{step}"] = averaged.module.a.detach().clone()

parameters = {name: x.clone().requires_grad_() for name, x in start.items()}
for name, p in parameters.items():
    p.grad = gradients[0][name].clone()
figures["clip.norm"] = torch.nn.utils.clip_grad_norm_(parameters.values(), 1.5)
figures.update({f"clip.{name}": p.grad for name, p in parameters.items()})
TWENTY = 20
schedule = torch.optim.lr_scheduler
schedules = {
    "step": lambda o: schedule.StepLR(o, 3, 0.5),
    "cosine": lambda o: schedule.CosineAnnealingLR(o, TWENTY, 0.1),
    "warmup": lambda o: schedule.LinearLR(o, 1 / 8, total_iters=7),
    "one_cycle": lambda o: schedule.OneCycleLR(o, 1.0, TWENTY),
}
for name, make in schedules.items():
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = make(optimiser)
    rates = []
    for _ in range(TWENTY):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    figures[f"schedule.{name}"] = rates

FIGURES = [0.3, 0.4, 0.4, 0.39, 0.40005, 0.38, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4]
optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
scheduler = schedule.ReduceLROnPlateau(
    optimiser, "max", 0.5, patience=2, threshold=1e-4, threshold_mode="abs", eps=0)
rates = []
for figure in FIGURES:
    scheduler.step(figure)
    rates.append(optimiser.param_groups[0]["lr"])
figures["plateau.figures"] = FIGURES
figures["plateau.rates"] = rates

fixture.write("tests/golden/optim.txt", figures)
