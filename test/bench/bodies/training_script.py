"""Trains a residual network on a folder of images, on one or several GPUs."""

import argparse
import json
import logging
import math
import random
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, Dataset, DistributedSampler
from torchvision import transforms

log = logging.getLogger(__name__)
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def parse_arguments(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    group = parser.add_argument_group("data")
    group.add_argument("data", metavar="DIR", type=Path, help="folder with train/ and val/")
    group.add_argument("--image-size", type=int, default=224, help="side of a training image")
    group.add_argument("--crop", type=float, default=0.875, help="share of a validation image")
    group.add_argument("--workers", type=int, default=8, metavar="N")
    group.add_argument("--pin-memory", action="store_true", default=True)
    group.add_argument("--color-jitter", type=float, default=0.4)
    group.add_argument("--horizontal-flip", type=float, default=0.5)
    group.add_argument("--random-erasing", type=float, default=0.25)
    group.add_argument("--mixup", type=float, default=0.2, help="alpha of mixup, 0 for none")
    group = parser.add_argument_group("model")
    group.add_argument("--depths", type=int, nargs="+", default=[3, 4, 6, 3])
    group.add_argument("--widths", type=int, nargs="+", default=[64, 128, 256, 512])
    group.add_argument("--dropout", type=float, default=0.1)
    group.add_argument("--stochastic-depth", type=float, default=0.05)
    group.add_argument("--classes", type=int, default=1000)
    group.add_argument("--resume", type=Path, help="checkpoint to go on from")
    group = parser.add_argument_group("optimization")
    group.add_argument("--epochs", type=int, default=300)
    group.add_argument("--warmup-epochs", type=int, default=5)
    group.add_argument("--batch-size", "-b", type=int, default=128)
    group.add_argument("--learning-rate", "--lr", type=float, default=1e-3)
    group.add_argument("--least-learning-rate", type=float, default=1e-6)
    group.add_argument("--weight-decay", type=float, default=0.05)
    group.add_argument("--label-smoothing", type=float, default=0.1)
    group.add_argument("--clip-gradients", type=float, default=1.0)
    group.add_argument("--accumulate", type=int, default=1, help="batches of one step")
    group.add_argument("--average-decay", type=float, default=0.9998)
    group.add_argument("--patience", type=int, default=0, help="epochs without progress")
    group = parser.add_argument_group("machine")
    group.add_argument("--seed", type=int, default=42)
    group.add_argument("--amp", action="store_true")
    group.add_argument("--channels-last", action="store_true")
    group.add_argument("--local-rank", type=int, default=0)
    group.add_argument("--log-interval", type=int, default=50)
    group.add_argument("--output", type=Path, default=Path("output"))
    arguments = parser.parse_args(argv)
    if len(arguments.depths) != len(arguments.widths):
        parser.error("--depths and --widths must name the same stages")
    return arguments


class ImageFolder(Dataset):
    """Images below a folder, one folder a class; unreadable ones are left out with a warning."""

    def __init__(self, root, transform=None, limit=None):
        self.root = Path(root)
        self.transform = transform
        self.classes = sorted(path.name for path in self.root.iterdir() if path.is_dir())
        if not self.classes:
            raise FileNotFoundError(f"no class folders in {self.root}")
        self.class_to_index = {name: index for index, name in enumerate(self.classes)}
        self.samples = []
        for name in self.classes:
            for path in sorted((self.root / name).rglob("*")):
                if path.suffix.lower() in SUFFIXES:
                    self.samples.append((path, self.class_to_index[name]))
        if limit is not None and limit < len(self.samples):
            self.samples = random.Random(0).sample(self.samples, limit)

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, target = self.samples[index]
        try:
            image = Image.open(path).convert("RGB")
        except OSError as error:
            log.warning("cannot read %s: %s", path, error)
            return self[(index + 1) % len(self)]
        if self.transform is not None:
            image = self.transform(image)
        return image, target


def build_transforms(arguments):
    jitter = (arguments.color_jitter,) * 3
    train = transforms.Compose(
        [
            transforms.RandomResizedCrop(arguments.image_size, scale=(0.08, 1.0)),
            transforms.RandomHorizontalFlip(arguments.horizontal_flip),
            transforms.ColorJitter(*jitter),
            transforms.ToTensor(),
            transforms.Normalize(MEAN, STD),
            transforms.RandomErasing(arguments.random_erasing),
        ]
    )
    evaluation = transforms.Compose(
        [
            transforms.Resize(int(arguments.image_size / arguments.crop)),
            transforms.CenterCrop(arguments.image_size),
            transforms.ToTensor(),
            transforms.Normalize(MEAN, STD),
        ]
    )
    return train, evaluation


def build_loaders(arguments, is_distributed):
    train_transform, evaluation_transform = build_transforms(arguments)
    train_set = ImageFolder(arguments.data / "train", train_transform)
    validation_set = ImageFolder(arguments.data / "val", evaluation_transform)
    sampler = DistributedSampler(train_set) if is_distributed else None
    options = dict(num_workers=arguments.workers, pin_memory=arguments.pin_memory)
    train_loader = DataLoader(
        train_set,
        batch_size=arguments.batch_size,
        shuffle=sampler is None,
        sampler=sampler,
        drop_last=True,
        persistent_workers=arguments.workers > 0,
        **options,
    )
    validation_loader = DataLoader(validation_set, batch_size=2 * arguments.batch_size, **options)
    return train_loader, validation_loader, sampler


class DropPath(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        keep = 1 - self.rate
        mask = x.new_empty((x.shape[0],) + (1,) * (x.dim() - 1)).bernoulli_(keep)
        return x * mask / keep


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        hidden = max(channels // reduction, 8)
        self.reduce = nn.Conv2d(channels, hidden, 1)
        self.expand = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):
        scale = x.mean((2, 3), keepdim=True)
        scale = self.expand(F.relu(self.reduce(scale)))
        return x * scale.sigmoid()


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs, width, stride=1, drop_path=0.0, norm=nn.BatchNorm2d):
        super().__init__()
        outputs = width * self.expansion
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.norm1 = norm(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False)
        self.norm2 = norm(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.norm3 = norm(outputs)
        self.attention = SqueezeExcite(outputs)
        self.drop_path = DropPath(drop_path)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), norm(outputs)
            )

    def forward(self, x):
        out = F.relu(self.norm1(self.conv1(x)))
        out = F.relu(self.norm2(self.conv2(out)))
        out = self.attention(self.norm3(self.conv3(out)))
        return F.relu(self.shortcut(x) + self.drop_path(out))


class ResidualNet(nn.Module):
    def __init__(self, depths, widths, classes, dropout=0.0, drop_path=0.0):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, widths[0], 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        rates = torch.linspace(0, drop_path, sum(depths)).tolist()
        inputs, blocks = widths[0], []
        for stage, (depth, width) in enumerate(zip(depths, widths)):
            for index in range(depth):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Bottleneck(inputs, width, stride, rates.pop(0)))
                inputs = width * Bottleneck.expansion
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(inputs, classes)
        self.apply(self.initialize)

    @staticmethod
    def initialize(module):
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.01)
            nn.init.zeros_(module.bias)

    def features(self, x):
        return self.blocks(self.stem(x)).mean((2, 3))

    def forward(self, x):
        return self.head(self.dropout(self.features(x)))


class ModelAverage:
    """Exponential moving average of a model's weights."""

    def __init__(self, model, decay):
        self.decay = decay
        self.state = OrderedDict((k, v.detach().clone()) for k, v in model.state_dict().items())

    @torch.no_grad()
    def update(self, model):
        for name, value in model.state_dict().items():
            average = self.state[name]
            if value.dtype.is_floating_point:
                average.lerp_(value, 1 - self.decay)
            else:
                average.copy_(value)


@dataclass
class Meter:
    total: float = 0.0
    count: int = 0
    history: list = field(default_factory=list)

    @property
    def average(self):
        return self.total / max(self.count, 1)

    def update(self, value, count=1):
        self.total += value * count
        self.count += count

    def close(self):
        self.history.append(self.average)
        self.total, self.count = 0.0, 0


def parameter_groups(model, weight_decay):
    decayed, plain = [], []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if parameter.ndim <= 1 or name.endswith(".bias"):
            plain.append(parameter)
        else:
            decayed.append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]


def learning_rate_factor(step, total, warmup, least):
    if step < warmup:
        return (step + 1) / warmup
    progress = (step - warmup) / max(total - warmup, 1)
    return least + (1 - least) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))


def mix(images, targets, alpha):
    if alpha <= 0:
        return images, targets, targets, 1.0
    share = float(np.random.beta(alpha, alpha))
    order = torch.randperm(images.shape[0], device=images.device)
    return share * images + (1 - share) * images[order], targets, targets[order], share


def train_one_epoch(model, loader, optimizer, scheduler, scaler, average, state, arguments):
    model.train()
    criterion = nn.CrossEntropyLoss(label_smoothing=arguments.label_smoothing)
    losses, begin = Meter(), time.time()
    cast = partial(torch.autocast, "cuda") if arguments.amp else suppress
    for index, (images, targets) in enumerate(loader):
        images = images.to(state["device"], non_blocking=True)
        targets = targets.to(state["device"], non_blocking=True)
        if arguments.channels_last:
            images = images.contiguous(memory_format=torch.channels_last)
        images, first, second, share = mix(images, targets, arguments.mixup)
        with cast():
            outputs = model(images)
            loss = share * criterion(outputs, first) + (1 - share) * criterion(outputs, second)
        if not math.isfinite(loss.item()):
            raise RuntimeError(f"the loss is {loss.item()} in step {state['step']}")
        scaler.scale(loss / arguments.accumulate).backward()
        losses.update(loss.item(), images.shape[0])
        if (index + 1) % arguments.accumulate == 0:
            if arguments.clip_gradients > 0:
                scaler.unscale_(optimizer)
                nn.utils.clip_grad_norm_(model.parameters(), arguments.clip_gradients)
            scaler.step(optimizer)
            scaler.update()
            optimizer.zero_grad(set_to_none=True)
            scheduler.step()
            average.update(model)
            state["step"] += 1
        if index % arguments.log_interval == 0:
            speed = losses.count / (time.time() - begin)
            rate = optimizer.param_groups[0]["lr"]
            log.info("%d/%d loss %.4f lr %.2e %.0f/s", index, len(loader), losses.average, rate, speed)
    return losses.average


@torch.no_grad()
def evaluate(model, loader, device):
    model.eval()
    losses, top1, top5 = Meter(), Meter(), Meter()
    for images, targets in loader:
        images = images.to(device, non_blocking=True)
        targets = targets.to(device, non_blocking=True)
        outputs = model(images)
        losses.update(F.cross_entropy(outputs, targets).item(), images.shape[0])
        found = outputs.topk(5, dim=1).indices == targets[:, None]
        top1.update(found[:, 0].float().mean().item(), images.shape[0])
        top5.update(found.any(dim=1).float().mean().item(), images.shape[0])
    return {"loss": losses.average, "top1": top1.average, "top5": top5.average}


def save_checkpoint(path, model, optimizer, scheduler, scaler, average, state):
    path.parent.mkdir(parents=True, exist_ok=True)
    partial_path = path.with_suffix(".part")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "scaler": scaler.state_dict(),
            "average": average.state,
            "state": {key: value for key, value in state.items() if key != "device"},
        },
        partial_path,
    )
    partial_path.replace(path)


def main(argv=None):
    arguments = parse_arguments(argv)
    logging.basicConfig(level=logging.INFO if arguments.local_rank == 0 else logging.WARNING)
    random.seed(arguments.seed)
    np.random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    is_distributed = dist.is_available() and dist.is_torchelastic_launched()
    if is_distributed:
        dist.init_process_group("nccl")
        torch.cuda.set_device(arguments.local_rank)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    train_loader, validation_loader, sampler = build_loaders(arguments, is_distributed)
    model = ResidualNet(
        arguments.depths,
        arguments.widths,
        arguments.classes,
        dropout=arguments.dropout,
        drop_path=arguments.stochastic_depth,
    ).to(device)
    count = sum(parameter.numel() for parameter in model.parameters())
    log.info("%.1f million parameters", count / 1e6)
    groups = parameter_groups(model, arguments.weight_decay)
    optimizer = torch.optim.AdamW(groups, lr=arguments.learning_rate)
    steps = len(train_loader) // arguments.accumulate
    schedule = partial(
        learning_rate_factor,
        total=arguments.epochs * steps,
        warmup=arguments.warmup_epochs * steps,
        least=arguments.least_learning_rate / arguments.learning_rate,
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)
    scaler = torch.cuda.amp.GradScaler(enabled=arguments.amp)
    average = ModelAverage(model, arguments.average_decay)
    state = {"epoch": 0, "step": 0, "best": 0.0, "waited": 0, "device": device}
    if arguments.resume is not None:
        checkpoint = torch.load(arguments.resume, map_location=device)
        model.load_state_dict(checkpoint["model"])
        optimizer.load_state_dict(checkpoint["optimizer"])
        scheduler.load_state_dict(checkpoint["scheduler"])
        scaler.load_state_dict(checkpoint["scaler"])
        average.state = checkpoint["average"]
        state.update(checkpoint["state"])
    if is_distributed:
        model = DistributedDataParallel(model, device_ids=[arguments.local_rank])

    for epoch in range(state["epoch"], arguments.epochs):
        if sampler is not None:
            sampler.set_epoch(epoch)
        train_loss = train_one_epoch(
            model, train_loader, optimizer, scheduler, scaler, average, state, arguments
        )
        scores = evaluate(model, validation_loader, device)
        state["epoch"] = epoch + 1
        if arguments.local_rank == 0:
            line = {"epoch": epoch, "train_loss": train_loss, **scores}
            with open(arguments.output / "log.jsonl", "a", encoding="utf-8") as stream:
                stream.write(json.dumps(line) + "\n")
            log.info("epoch %d: %s", epoch, line)
            parts = (optimizer, scheduler, scaler, average, state)
            save_checkpoint(arguments.output / "last.pt", model, *parts)
            if scores["top1"] > state["best"]:
                save_checkpoint(arguments.output / "best.pt", model, *parts)
        state["waited"] = 0 if scores["top1"] > state["best"] else state["waited"] + 1
        state["best"] = max(state["best"], scores["top1"])
        if 0 < arguments.patience <= state["waited"]:
            log.info("no progress for %d epochs", state["waited"])
            break


if __name__ == "__main__":
    main()
