"""The benchmark's other side: the same network and the same steps in PyTorch, eager, as its documentation advises.

Reads one JSON object per line. {"batch", "width", "perTask", "threads"} builds a case, {"encoder", "batch", "threads"} an encoder's; {"steps": n}
trains n steps and answers with the seconds that each took. Nothing else is written to standard output.
"""
import ctypes
import json
import random
import sys
import time

import torch
from torch import nn

FEATURES, TASKS, TOWER, ROWS = 64, 4, 64, 8192


class SharedBottom(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.bottom = nn.Sequential(nn.Linear(FEATURES, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())
        self.towers = nn.ModuleList(
            nn.Sequential(nn.Linear(width, TOWER), nn.ReLU(), nn.Linear(TOWER, 1)) for _ in range(TASKS))

    def forward(self, x):
        shared = self.bottom(x)
        return [tower(shared) for tower in self.towers]


class Trainer:
    def __init__(self, batch, width, per_task, foreach):
        torch.manual_seed(1)
        self.model = SharedBottom(width)
        self.x = torch.randn(ROWS, FEATURES)
        self.y = [torch.randn(ROWS, 1) for _ in range(TASKS)]
        self.batch, self.foreach = batch, foreach
        self.batches = self.shuffled()
        self.shared = list(self.model.bottom.parameters())
        self.towers = [list(tower.parameters()) for tower in self.model.towers]
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, foreach=foreach)
        self.backward = self.per_task if per_task else self.joint

    def shuffled(self):
        while True:
            yield from torch.randperm(ROWS).split(self.batch)

    def step(self):
        rows = next(self.batches)
        predictions = self.model(self.x[rows])
        losses = [nn.functional.mse_loss(p, y[rows]) for p, y in zip(predictions, self.y)]
        self.optimizer.zero_grad(set_to_none=True)
        self.backward(losses)
        self.optimizer.step()

    def joint(self, losses):
        sum(losses).backward()

    def per_task(self, losses):
        """PCGrad (Yu et al., 2020), its projections done on the coefficients of the tasks' gradients."""
        gradients = []
        for task, (loss, tower) in enumerate(zip(losses, self.towers)):
            found = torch.autograd.grad(loss, self.shared + tower, retain_graph=task + 1 < TASKS)
            gradients.append(torch.cat([gradient.flatten() for gradient in found[:len(self.shared)]]))
            for parameter, gradient in zip(tower, found[len(self.shared):]):
                parameter.grad = gradient
        stacked = torch.stack(gradients)
        combined = torch.tensor(projected((stacked @ stacked.T).tolist())) @ stacked
        for parameter, gradient in zip(self.shared, combined.split([parameter.numel() for parameter in self.shared])):
            parameter.grad = gradient.view_as(parameter)

    def run(self, steps):
        seconds = []
        for _ in range(steps):
            start = time.perf_counter()
            self.step()
            seconds.append(time.perf_counter() - start)
        return seconds


class Transformer(nn.Module):
    """Pre-norm, learned positions, mean over the tokens that are there."""

    def __init__(self, words=1000, length=32, width=64, layers=2, heads=4):
        super().__init__()
        self.embedding = nn.Embedding(words + 2, width)
        self.positions = nn.Parameter(torch.randn(length, width) * 0.1)
        layer = nn.TransformerEncoderLayer(width, heads, 4 * width, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, layers, norm=nn.LayerNorm(width))
        self.head = nn.Linear(width, 1)

    def forward(self, tokens):
        absent = tokens == 0
        states = self.layers(self.embedding(tokens) + self.positions, src_key_padding_mask=absent)
        mask = (~absent).float().unsqueeze(2)
        return self.head((states * mask).sum(1) / mask.sum(1).clamp(min=1))

    @staticmethod
    def inputs(rows):
        return torch.randint(2, 1002, (rows, 32))


class TemporalCnn(nn.Module):
    """The same convolutions over each window, the windows' greatest answers joined in their order."""

    def __init__(self, length=128, channels=4, window=16, stride=8, filters=32, units=64):
        super().__init__()
        self.window, self.stride = window, stride
        self.convolutions = nn.Sequential(
            nn.Conv1d(channels, filters, 3, padding=1), nn.ReLU(), nn.Conv1d(filters, filters, 3, padding=1), nn.ReLU())
        self.windows = (length - window) // stride + 1
        self.join = nn.Sequential(nn.Linear(self.windows * filters, units), nn.ReLU(), nn.Linear(units, 1))

    def forward(self, series):
        windows = series.unfold(1, self.window, self.stride)
        states = self.convolutions(windows.reshape(-1, *windows.shape[2:]))
        return self.join(states.amax(2).reshape(series.shape[0], -1))

    @staticmethod
    def inputs(rows):
        return torch.randn(rows, 128, 4)


class Passes:
    """Forward and backward passes of an encoder with one regression head."""

    def __init__(self, encoder, batch):
        torch.manual_seed(1)
        kind = {"transformer": Transformer, "temporal-cnn": TemporalCnn}[encoder]
        self.model, self.x, self.y, self.batch = kind(), kind.inputs(1024), torch.randn(1024, 1), batch
        self.batches = self.shuffled()

    def shuffled(self):
        while True:
            yield from torch.randperm(1024).split(self.batch)

    def step(self):
        rows = next(self.batches)
        self.model.zero_grad(set_to_none=True)
        nn.functional.mse_loss(self.model(self.x[rows]), self.y[rows]).backward()

    run = Trainer.run


def projected(gram):
    """The coefficients of the sum of the projected gradients, from the gradients' inner products."""
    total = [0.0] * TASKS
    for task in range(TASKS):
        own = [float(k == task) for k in range(TASKS)]
        for other in random.sample(range(TASKS), TASKS):
            product = sum(c * gram[k][other] for k, c in enumerate(own))
            if other != task and product < 0:
                own[other] -= product / gram[other][other]
        total = [t + c for t, c in zip(total, own)]
    return total


def median(values):
    return sorted(values)[len(values) // 2]


def facts():
    """The versions, and which matrix kernels OpenBLAS chose; null without OpenBLAS."""
    library = next((line.split()[-1] for line in open("/proc/self/maps") if "openblas" in line), None)
    kernels = None
    if library:
        name = ctypes.CDLL(library).openblas_get_corename
        name.restype = ctypes.c_char_p
        kernels = name().decode()
    return {"torch": torch.__version__, "openBlasKernels": kernels}


def main():
    print(json.dumps(facts()), flush=True)
    trainer = None
    for line in sys.stdin:
        request = json.loads(line)
        if "steps" in request:
            answer = {"seconds": trainer.run(request["steps"])}
        elif "encoder" in request:
            torch.set_num_threads(request["threads"])
            trainer = Passes(request["encoder"], request["batch"])
            answer = {}
        else:
            torch.set_num_threads(request["threads"])
            made = [Trainer(request["batch"], request["width"], request["perTask"], foreach) for foreach in (True, False)]
            for candidate in made:
                candidate.run(3)
            trainer = min(made, key=lambda candidate: median(candidate.run(7)))
            answer = {"optimizer": "foreach" if trainer.foreach else "for loop"}
        print(json.dumps(answer), flush=True)


main()
