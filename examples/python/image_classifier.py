"""Vertical or horizontal stripes, told apart by a small convolutional network. Needs PyTorch."""

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


class StripeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(32 * 4 * 4, 64)
        self.fc2 = nn.Linear(64, 2)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), kernel_size=2)
        x = F.max_pool2d(F.relu(self.conv2(x)), kernel_size=2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)


def make_images(count, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 2, (count,), generator=generator)
    wave = torch.sin(torch.arange(16) * 1.5)
    columns = wave.expand(16, 16)
    clean = torch.where(labels[:, None, None] == 0, columns, columns.T)
    noise = torch.randn((count, 3, 16, 16), generator=generator)
    return clean[:, None].repeat(1, 3, 1, 1) + 2.0 * noise, labels


def main():
    torch.manual_seed(0)
    train_images, train_labels = make_images(512, seed=1)
    test_images, test_labels = make_images(256, seed=2)

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = StripeNet().to(device)
    optimizer = optim.Adam(model.parameters())
    criterion = nn.CrossEntropyLoss()

    for epoch in range(10):
        for start in range(0, len(train_labels), 64):
            images = train_images[start : start + 64].to(device)
            labels = train_labels[start : start + 64].to(device)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()

    with torch.no_grad():
        predicted = model(test_images.to(device)).argmax(dim=1).cpu()
    print("test accuracy:", (predicted == test_labels).float().mean().item())


if __name__ == "__main__":
    main()
