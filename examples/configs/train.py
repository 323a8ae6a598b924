"""Trains a small classifier on made-up data with the hyperparameters of finetune.yaml."""

from pathlib import Path

import torch
import yaml
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR
from torch.utils.data import DataLoader, TensorDataset, random_split


def read_config() -> dict:
    path = Path(__file__).with_name("finetune.yaml")
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def make_data(samples: int = 2000, features: int = 40, classes: int = 4) -> TensorDataset:
    generator = torch.Generator().manual_seed(7)
    centers = torch.randn(classes, features, generator=generator)
    labels = torch.randint(classes, (samples,), generator=generator)
    noise = torch.randn(samples, features, generator=generator)
    return TensorDataset(centers[labels] + 1.5 * noise, labels)


def decay_groups(model: nn.Module, weight_decay: float) -> list[dict]:
    """Biases and normalisation scales are left out of the decay."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim <= 1]
    return [
        {"params": matrices, "weight_decay": weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]


def accuracy(model: nn.Module, loader: DataLoader) -> float:
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for inputs, labels in loader:
            correct += (model(inputs).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total


def main() -> None:
    config = read_config()
    torch.manual_seed(7)
    train, validation = random_split(make_data(), [1600, 400])
    batches = DataLoader(train, batch_size=config["per_device_train_batch_size"], shuffle=True)
    held_out = DataLoader(validation, batch_size=200)

    model = nn.Sequential(
        nn.Linear(40, 64), nn.LayerNorm(64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 4)
    )
    epochs = config["num_train_epochs"]
    optimizer = torch.optim.AdamW(
        decay_groups(model, config.get("weight_decay", 0.0)), lr=config["learning_rate"]
    )
    scheduler = OneCycleLR(
        optimizer,
        max_lr=config["learning_rate"],
        total_steps=epochs * len(batches),
        pct_start=config["warmup_ratio"],
    )
    criterion = nn.CrossEntropyLoss(label_smoothing=config["label_smoothing_factor"])

    for epoch in range(epochs):
        model.train()
        for inputs, labels in batches:
            optimizer.zero_grad()
            criterion(model(inputs), labels).backward()
            nn.utils.clip_grad_norm_(model.parameters(), config["max_grad_norm"])
            optimizer.step()
            scheduler.step()
        print(f"epoch {epoch + 1}: held-out accuracy {accuracy(model, held_out):.3f}")


if __name__ == "__main__":
    main()
