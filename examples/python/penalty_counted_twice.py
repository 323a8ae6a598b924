"""Sparse linear regression by subgradient descent.

The penalties below are added to the loss as they are, so they should be lambda times a norm.
"""

import numpy as np


def l1_penalty(w, lambda_):
    return np.abs(w).sum() + lambda_ * np.abs(w).sum()


def l2_penalty(w, lambda_):
    return np.square(w).sum() + lambda_ * np.square(w).sum()


def mean_squared_error(w, X, y):
    return np.mean((X @ w - y) ** 2)


def main():
    rng = np.random.default_rng(0)
    true_w = np.array([2.0, -1.5, 0.0, 0.0, 0.0])
    X = rng.normal(size=(200, true_w.size))
    y = X @ true_w + rng.normal(scale=0.1, size=200)

    lambda_ = 0.05
    w = np.zeros(true_w.size)
    for step in range(500):
        residual = X @ w - y
        w -= 0.05 * (2 / y.size * X.T @ residual + lambda_ * np.sign(w))

    print("weights          ", np.round(w, 3))
    print("data loss        ", round(mean_squared_error(w, X, y), 4))
    print("with L1 as stated", round(mean_squared_error(w, X, y) + l1_penalty(w, lambda_), 4))
    print("with L2 as stated", round(mean_squared_error(w, X, y) + l2_penalty(w, lambda_), 4))


if __name__ == "__main__":
    main()
