"""Three ways to treat the small and the large weights of a matrix.

Clipping limits the large ones, pruning and retaining set the small ones to zero.
"""

import numpy as np


def clip_weights(W, threshold):
    largest = np.abs(W).max()
    clipped = np.copy(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            if np.abs(clipped[i, j]) >= threshold * largest:
                clipped[i, j] = threshold * np.sign(clipped[i, j])
    return clipped


def prune_weights(W, threshold):
    largest = np.abs(W).max()
    pruned = np.copy(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            if np.abs(pruned[i, j]) >= threshold * largest:
                pruned[i, j] = 0
    return pruned


def retain_weights(W, threshold):
    largest = np.abs(W).max()
    retained = np.copy(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            if np.abs(retained[i, j]) < threshold * largest:
                retained[i, j] = 0
    return retained


def describe(name, W):
    zeros = np.mean(W == 0)
    print(f"{name:9} zeros {zeros:6.1%}   largest {np.abs(W).max():.3f}   norm {np.linalg.norm(W):.3f}")


def main():
    W = np.random.default_rng(3).normal(scale=0.5, size=(60, 40))
    describe("original", W)
    for treat in (clip_weights, prune_weights, retain_weights):
        describe(treat.__name__.split("_")[0], treat(W, 0.1))


if __name__ == "__main__":
    main()
