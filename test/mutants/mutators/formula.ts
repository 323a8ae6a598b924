import { argument, inCall, lineAt, numberIn, replaced, withArgument } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { EXAMPLE_LOOP, inLoop, TORCH_LOOP } from "../training-loop.ts";

const SKLEARN = /\bsklearn\b/;
const NUMPY = /\bnp\.|numpy/;

/** A penalty that is added to a loop, wrongly. */
const addedToLoop = (
  code: string,
  mistake: string,
  lines: (loss: string, model: string) => readonly string[],
): Mutator => ({
  code,
  language: "python",
  mistake,
  needs: TORCH_LOOP,
  changes: inLoop(({ loss, model }) => lines(loss, model)),
  example: EXAMPLE_LOOP,
});

const GRADIENT_DESCENT = [
  "import numpy as np",
  "class LinearRegression:",
  "    def fit(self, X, y):",
  "        n_samples, n_features = X.shape",
  "        self.weights = np.zeros(n_features)",
  "        for _ in range(self.n_iters):",
  "            y_predicted = np.dot(X, self.weights)",
  "            dw = (1 / n_samples) * np.dot(X.T, (y_predicted - y))",
  "            self.weights -= self.lr * dw",
  "",
].join("\n");

const REGULARIZED_GRADIENT = [
  "import numpy as np",
  "def gradient(theta, X, y, lambda_):",
  "    m = len(y)",
  "    h = np.dot(X, theta)",
  "    grad = np.dot(X.T, h - y) / m + lambda_ / m * theta",
  "    return grad",
  "",
].join("\n");

export const formulaMutators: readonly Mutator[] = [
  addedToLoop("NL301", "adds the 2-norm as L1", (loss, model) => [
    `l1_penalty = sum(p.norm() for p in ${model}.parameters())`,
    `${loss} = ${loss} + 1e-5 * l1_penalty`,
  ]),
  {
    code: "NL301",
    language: "python",
    mistake: "takes the norm without its order for the sum of absolute values",
    changes: replaced(
      /(\bl1_?\w* *= .*)(torch\.abs\((\w+)\)\.sum\(\)|np\.sum\(np\.abs\(([\w.]+)\)\))/,
      (match) =>
        `${match[1]}${match[3] === undefined ? `np.linalg.norm(${match[4]})` : `torch.norm(${match[3]})`}`,
    ),
    example: [
      "import torch",
      "def reg_loss(model, l1):",
      "    l1_reg = l1 * sum(torch.abs(p).sum() for p in model.parameters())",
      "    return l1_reg",
      "",
    ].join("\n"),
  },
  addedToLoop("NL302", "adds the 2-norm without its square as L2", (loss, model) => [
    `l2_reg = sum(p.norm(2) for p in ${model}.parameters())`,
    `${loss} = ${loss} + 1e-4 * l2_reg`,
  ]),
  addedToLoop("NL304", "adds the plain sum of the weights", (loss, model) => [
    `reg = sum(p.sum() for p in ${model}.parameters())`,
    `${loss} = ${loss} + 1e-4 * reg`,
  ]),
  addedToLoop("NL305", "subtracts the penalty", (loss, model) => [
    `l2 = sum(p.pow(2).sum() for p in ${model}.parameters())`,
    `${loss} = ${loss} - 1e-4 * l2`,
  ]),
  addedToLoop("NL306", "takes the penalty as a number", (loss, model) => [
    `l2 = sum(p.pow(2).sum().item() for p in ${model}.parameters())`,
    `${loss} = ${loss} + 1e-4 * l2`,
  ]),
  addedToLoop("NL306", "takes the penalty of the data", (loss, model) => [
    `${loss} += 1e-4 * sum(p.data.norm(2) ** 2 for p in ${model}.parameters())`,
  ]),
  addedToLoop("NL308", "keeps the last penalty only", (loss, model) => [
    "l2 = 0.0",
    `for p in ${model}.parameters():`,
    "    l2 = p.pow(2).sum()",
    `${loss} = ${loss} + 1e-4 * l2`,
  ]),
  addedToLoop("NL106", "computes a penalty and forgets it", (_loss, model) => [
    `l2_reg = 1e-4 * sum(p.pow(2).sum() for p in ${model}.parameters())`,
  ]),
  addedToLoop("NL207", "averages a penalty over the weights", (loss, model) => [
    `l1 = sum(p.abs().mean() for p in ${model}.parameters())`,
    `${loss} = ${loss} + 1e-3 * l1`,
  ]),
  addedToLoop("NL307", "mixes with the same ratio twice", (loss, model) => [
    "l1_ratio = 0.3",
    "alpha = 1e-4",
    `l1 = sum(p.abs().sum() for p in ${model}.parameters())`,
    `l2 = sum(p.pow(2).sum() for p in ${model}.parameters())`,
    `${loss} = ${loss} + alpha * (l1_ratio * l1 + 0.5 * l1_ratio * l2)`,
  ]),
  {
    code: "NL307",
    language: "python",
    mistake: "gives an l1_ratio in percent",
    needs: SKLEARN,
    changes: inCall(/ElasticNet|SGDClassifier|SGDRegressor/, (call) => {
      const ratio = numberIn(argument(call, "l1_ratio"));
      return ratio !== undefined && ratio > 0 && ratio < 1
        ? [withArgument(call, "l1_ratio", String(Math.round(ratio * 100)))]
        : undefined;
    }),
    example:
      "from sklearn.linear_model import ElasticNet\nnet = ElasticNet(alpha=0.1, l1_ratio=0.5)\n",
  },
  {
    code: "NL303",
    language: "python",
    mistake: "loses the data term",
    needs: TORCH_LOOP,
    changes: inLoop(({ loss, model }) => [
      `l1 = sum(p.abs().sum() for p in ${model}.parameters())`,
      `${loss} = l1 + 1e-4 * l1`,
    ]),
    example: EXAMPLE_LOOP,
  },
  {
    code: "NL311",
    language: "python",
    mistake: "doubles the data part of a regularized gradient",
    needs: NUMPY,
    changes: replaced(
      /(grad\w* *= *)(\(?(?:np\.dot\(np\.transpose\(X\)|np\.dot\(X\.T|X\.T))(.*\/ ?m *\+.*(?:lambda|reg|lam).*theta.*)/i,
      (match) => `${match[1]}2*${match[2]}${match[3]}`,
    ),
    example: REGULARIZED_GRADIENT,
  },
  {
    code: "NL312",
    language: "python",
    mistake: "adds the square of the weights to a gradient",
    needs: NUMPY,
    changes: replaced(
      /((?:grad\w*|dW?\d?|gW?\d?|\bw) *=.*(?:\.T\b|dot\(|transpose|@).*[+-] *\(?(?:\w*(?:lambda|lam|reg|alpha|l2)\w*)(?: *\/ *m)? *\* *)(theta\w*|[wW]\d?)(?=\W*$|\))/im,
      (match) => `${match[1]}np.sum(${match[2]} ** 2)`,
    ),
    example: REGULARIZED_GRADIENT,
  },
  {
    code: "NL313",
    language: "python",
    mistake: "takes the absolute value for the sign",
    needs: NUMPY,
    changes: replaced(
      /((?:\.T\b|dot\().*\w*(?:l1|lambda|lam|alpha|reg)\w* *\* *)np\.sign\(([\w.]+)\)/,
      (match) => `${match[1]}np.abs(${match[2]})`,
    ),
    example: [
      "import numpy as np",
      "def step(w, X, y, lr, l1):",
      "    delta = X.dot(w) - y",
      "    w = w - lr * (X.T.dot(delta) + l1 * np.sign(w))",
      "    return w",
      "",
    ].join("\n"),
  },
  {
    code: "NL315",
    language: "python",
    mistake: "adds the gradient",
    needs: NUMPY,
    changes: (source) => {
      const plain = replaced(
        /^( *(?:self\.)?(?:w|weights?|theta|W\d?) *)-=( *(?:self\.)?(?:lr|learning_rate|alpha|eta|step_size)\b *\* *)/m,
        (match) => `${match[1]}+=${match[2]}`,
      );
      const written = replaced(
        /^( *(theta|w|W\d?|weights) = \2 *)-( *\(?(?:lr|learning_rate|alpha|eta)\b)/m,
        (match) => `${match[1]}+${match[3]}`,
      );
      // Only of a linear model is the gradient known without its loss.
      const isLinear =
        /\.T\b|transpose/.test(source.code) &&
        !/sigmoid|softmax|activation|tanh|forward\(|regulari[sz]ation\(|jnp\./i.test(source.code);
      return isLinear ? (plain(source) ?? written(source)) : undefined;
    },
    example: GRADIENT_DESCENT,
  },
  {
    code: "NL316",
    language: "python",
    mistake: "forgets the parentheses of 1/(2m)",
    needs: NUMPY,
    changes: replaced(
      /\b1(?:\.0?)? ?\/ ?\(2 ?\* ?(m|n|n_samples|num_examples|N)\)/,
      (match, { code }) =>
        /\bJ\b|cost|loss|return/i.test(lineAt(code, match.index ?? 0).text)
          ? `1 / 2 * ${match[1]}`
          : undefined,
    ),
    example:
      "import numpy as np\ndef cost(X, y, w):\n    m = len(y)\n    return 1 / (2 * m) * np.sum((X @ w - y) ** 2)\n",
  },
  {
    code: "NL316",
    language: "python",
    mistake: "takes the m of (2*m) out of the parentheses",
    needs: NUMPY,
    changes: replaced(/\/ ?\(2 ?\* ?(m|n|n_samples|num_examples|N)\)/, (match, { code }) =>
      /\bJ\b|cost|loss/i.test(lineAt(code, match.index ?? 0).text)
        ? `/ 2 * ${match[1]}`
        : undefined,
    ),
    example:
      "import numpy as np\ndef cost(X, y, w):\n    m = len(y)\n    J = np.sum((X @ w - y) ** 2) / (2 * m)\n    return J\n",
  },
];
