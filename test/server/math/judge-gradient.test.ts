import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientProblem } from "../../../server/src/math/gradient-problem.ts";
import { handGradientsIn } from "../../../server/src/math/hand-gradients.ts";
import { judgeGradient } from "../../../server/src/math/judge-gradient.ts";
import { scopesIn } from "../../support/lower.ts";

/** Objectives with the two parts of their gradients; m samples, λ named `lam`. */
const OBJECTIVES = [
  ["np.mean((X @ w - y) ** 2) / 2", "X.T @ (X @ w - y) / m", "lam / 2 * np.sum(w ** 2)", "lam * w"],
  ["np.sum((X @ w - y) ** 2)", "2 * X.T @ (X @ w - y)", "lam * w @ w", "2 * lam * w"],
  [
    "-np.mean(y * np.log(1 / (1 + np.exp(-X @ w))) + (1 - y) * np.log(1 - 1 / (1 + np.exp(-X @ w))))",
    "X.T @ (1 / (1 + np.exp(-X @ w)) - y) / m",
    "lam * np.abs(w).sum()",
    "lam * np.sign(w)",
  ],
  [
    "np.sum(np.exp(X @ w) - y * (X @ w))",
    "X.T @ (np.exp(X @ w) - y)",
    "lam * np.linalg.norm(w)",
    "lam * w / np.linalg.norm(w)",
  ],
] as const;

/** The verdict on a step whose parts are multiplied by texts such as `3` or `m`. */
function verdictOf(
  [data, dataGradient, penalty, penaltyGradient]: (typeof OBJECTIVES)[number],
  scales: { readonly data: string; readonly penalty: string },
) {
  const [, scope] = scopesIn(`
def fit(X, y, w, lam, lr):
    m = len(y)
    for _ in range(9):
        J = ${data} + ${penalty}
        g = ${scales.data} * (${dataGradient}) + ${scales.penalty} * (${penaltyGradient})
        w -= lr * g
`);
  const [gradient] = scope === undefined ? [] : handGradientsIn(scope);
  const loss = scope?.assignments.find(({ name }) => name === "J")?.value;
  const problem = gradient && gradientProblem({ ...gradient, loss });
  return problem && judgeGradient(problem);
}

describe.each(OBJECTIVES.map((objective) => [objective[0], objective] as const))(
  "judgeGradient() on %s",
  (_name, objective) => {
    test("gives back the factors that the parts were multiplied by", () => {
      const factor = fc.constantFrom(-1, 0.5, 1, 2, 3, 7);
      fc.assert(
        fc.property(factor, factor, (data, penalty) => {
          const verdict = verdictOf(objective, { data: `${data}`, penalty: `${penalty}` });
          expect(verdict?.data).toEqual({
            kind: "scaled",
            factor: { value: data, power: 0 },
            sign: Math.sign(data),
          });
          expect(verdict?.penalty).toEqual({
            kind: "scaled",
            factor: { value: penalty, power: 0 },
            sign: Math.sign(penalty),
          });
          expect(verdict?.ratio?.value).toBeCloseTo(data / penalty, 6);
        }),
        { numRuns: 12 },
      );
    });

    test.each([
      ["m", 1],
      ["1 / m", -1],
    ] as const)("sees a factor of %s", (scale, power) => {
      expect(verdictOf(objective, { data: scale, penalty: "1" })?.data).toEqual({
        kind: "scaled",
        factor: { value: 1, power },
        sign: 1,
      });
    });

    test.each([
      ["data", { data: "np.abs", penalty: "1 *" }],
      ["penalty", { data: "1 *", penalty: "np.exp" }],
    ] as const)("calls another form of the %s wrong", (part, scales) => {
      const [data, dataGradient, penalty, penaltyGradient] = objective;
      const [, scope] = scopesIn(`
def fit(X, y, w, lam, lr):
    m = len(y)
    for _ in range(9):
        J = ${data} + ${penalty}
        w -= lr * (${scales.data} (${dataGradient}) + ${scales.penalty} (${penaltyGradient}))
`);
      const [gradient] = scope === undefined ? [] : handGradientsIn(scope);
      const loss = scope?.assignments.find(({ name }) => name === "J")?.value;
      const problem = gradient && gradientProblem({ ...gradient, loss });
      expect(problem && judgeGradient(problem)?.[part].kind).toBe("wrong-form");
    });
  },
);
