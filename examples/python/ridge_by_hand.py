"""Ridge regression by gradient descent, checked against the closed form.

The cost is J = 1/(2m) * sum of squared errors + lambda/(2m) * ||theta||^2.
"""

import numpy as np


def cost(X, y, theta, lambda_):
    m = X.shape[0]
    errors = X.dot(theta) - y
    return 1 / (2 * m) * np.sum(errors**2) + lambda_ / (2 * m) * np.sum(theta**2)


def fit_ridge(X, y, lambda_, learning_rate=0.05, iterations=2000):
    m, n = X.shape
    theta = np.zeros(n)
    for _ in range(iterations):
        J = 1 / (2 * m) * np.sum((X.dot(theta) - y) ** 2) + lambda_ / (2 * m) * np.sum(theta**2)
        gradient = 2 / m * X.T.dot(X.dot(theta) - y) + lambda_ / m * np.dot(theta, theta)
        theta -= learning_rate * gradient
    print("last cost seen   ", round(float(J), 5))
    return theta


def closed_form(X, y, lambda_):
    return np.linalg.solve(X.T @ X + lambda_ * np.eye(X.shape[1]), X.T @ y)


def main():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(120, 3))
    y = X @ np.array([1.0, -2.0, 0.5]) + rng.normal(scale=0.3, size=120)
    lambda_ = 10.0

    by_hand = fit_ridge(X, y, lambda_)
    exact = closed_form(X, y, lambda_)
    print("gradient descent ", np.round(by_hand, 4), "cost", round(cost(X, y, by_hand, lambda_), 5))
    print("closed form      ", np.round(exact, 4), "cost", round(cost(X, y, exact, lambda_), 5))


if __name__ == "__main__":
    main()
