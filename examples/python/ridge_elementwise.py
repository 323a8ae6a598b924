"""One-feature ridge regression whose prediction is an element-wise product.

With a single column `X * theta` happens to equal `X @ theta`; with two it no longer would.
"""

import numpy as np


def main():
    rng = np.random.default_rng(2)
    X = rng.random((100, 1))
    y = 3 * X + rng.normal(scale=0.2, size=(100, 1))
    m = len(X)

    theta = rng.random((1, 1))
    alpha = 0.5
    lambda_ = 0.01

    for _ in range(1000):
        predictions = X * theta
        gradient = (1 / m) * X.T @ (predictions - y)
        gradient += (lambda_ / m) * theta
        theta = theta - alpha * gradient

    print("slope:", round(theta.item(), 3))


if __name__ == "__main__":
    main()
