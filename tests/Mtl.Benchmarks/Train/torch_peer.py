"""The benchmark's other side: the same network and the same steps in PyTorch, eager, as its documentation advises.

Reads one JSON object per line. {"batch", "width", "perTask", "threads"} builds a case; {"steps": n} trains n steps and answers
with the seconds that each took. Nothing else is written to standard output.
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
        else:
            torch.set_num_threads(request["threads"])
            made = [Trainer(request["batch"], request["width"], request["perTask"], foreach) for foreach in (True, False)]
            for candidate in made:
                candidate.run(3)
            trainer = min(made, key=lambda candidate: median(candidate.run(7)))
            answer = {"optimizer": "foreach" if trainer.foreach else "for loop"}
        print(json.dumps(answer), flush=True)


main()
