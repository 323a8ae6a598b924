import { describe, expect, test } from "vitest";
import { exactPenaltyFactor } from "../../../server/src/math/exact-factor.ts";
import { gradientProblem } from "../../../server/src/math/gradient-problem.ts";
import { handGradientsIn } from "../../../server/src/math/hand-gradients.ts";
import { scopesIn } from "../../support/lower.ts";

function factorOf(penalty: string, gradient: string) {
  const [, scope] = scopesIn(`
def fit(X, y, w, lam, lam2, lr):
    m = len(y)
    for _ in range(9):
        J = np.mean((X @ w - y) ** 2) + ${penalty}
        w -= lr * (2 * X.T @ (X @ w - y) / m + ${gradient})
`);
  const [found] = scope === undefined ? [] : handGradientsIn(scope);
  const loss = scope?.assignments.find(({ name }) => name === "J")?.value;
  const problem = found && gradientProblem({ ...found, loss });
  return problem && exactPenaltyFactor(problem);
}

describe("exactPenaltyFactor()", () => {
  test.each([
    ["lam / 2 * np.sum(w ** 2)", "lam * w", 1, 0],
    ["lam * w @ w", "lam * w", 1 / 2, 0],
    ["lam * np.sum(w ** 2) / 3", "lam * w", 3 / 2, 0],
    ["lam / (2 * m) * w.dot(w)", "lam * w", 1, 1],
    ["lam / 2 * w.dot(w)", "lam / m * w", 1, -1],
    ["lam * np.sum(w ** 4)", "lam * w ** 3", 1 / 4, 0],
    ["lam * np.sum(np.exp(w))", "-lam * np.exp(w)", -1, 0],
    ["lam * w @ w + lam2 * np.sum(w ** 4)", "4 * lam * w + 8 * lam2 * w ** 3", 2, 0],
  ])("of %s and %s is %d·m^%d", (penalty, gradient, value, power) => {
    const factor = factorOf(penalty, gradient);
    expect(factor?.power).toBe(power);
    expect(factor?.value).toBeCloseTo(value, 12);
  });

  test.each([
    ["another form", "lam * np.sum(w ** 4)", "lam * w"],
    ["another strength", "lam * w @ w", "lam2 * w"],
    ["a norm that is no sum over entries", "lam * np.linalg.norm(w)", "lam * w"],
    ["no penalty in the loss", "0", "lam * w"],
  ])("leaves %s to the comparison by numbers", (_name, penalty, gradient) => {
    expect(factorOf(penalty, gradient)).toBeUndefined();
  });
});
