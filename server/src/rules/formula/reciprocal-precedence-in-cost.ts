import { defineRule } from "../../engine/rule.ts";
import { multipliesReciprocal } from "../../facts/reciprocal-product.ts";

export const reciprocalPrecedenceInCost = defineRule({
  code: "NL316",
  name: "reciprocal-precedence-in-cost",
  family: "formula",
  severity: "warning",
  preview: false,
  mentions: [
    ["cost", "loss", "grad", "j", "mse", "sse", "rss", "error", "objective", "risk"],
    ["sum", "dot", "@", "matmul", "inner", "norm", "einsum"],
    multipliesReciprocal,
  ],
  on: "reciprocalProduct",
  docs: {
    what: "Finds a loss or gradient that is scaled by `1 / 2 * m`, m being the number of samples.",
    why: "Python evaluates from the left: `1 / 2 * m` is m/2, not 1/(2m). The value is m² times too large: a loss cannot be compared between data sets, and in a gradient every λ and learning rate is off by the same factor.",
    bad: [
      "def cost(X, y, theta, lam):",
      "    m = len(y)",
      "    d = X @ theta - y",
      "    cost = (1 / 2 * m) * (d.T @ d + lam * theta.T @ theta)",
      "    return cost",
      "",
    ].join("\n"),
    good: [
      "def cost(X, y, theta, lam):",
      "    m = len(y)",
      "    d = X @ theta - y",
      "    cost = (1 / (2 * m)) * (d.T @ d + lam * theta.T @ theta)",
      "    return cost",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Only a number over a number times a count is reported, before a sum over the data: `(1 / 2) * m` is meant as it is written, `1 / m * 2` is 2/m, and m/2 times a mean or a logarithm is a sum or a likelihood.",
    references: ["Python Language Reference, section 6.17, operator precedence"],
  },

  *check({ product, divisor, count, name }, { document }) {
    const written = document.text.slice(product.span.start, product.span.end);
    const size = document.text.slice(count.span.start, count.span.end);
    yield {
      span: product.span,
      message: `\`${written}\` multiplies \`${name}\` by \`${size}\`: Python evaluates it from the left, as (1/${divisor.text})·${size}.`,
      fixes: [
        {
          title: `Divide by \`${divisor.text} * ${size}\``,
          safety: "safe",
          edits: [
            { span: { start: divisor.span.start, end: divisor.span.start }, newText: "(" },
            { span: { start: count.span.end, end: count.span.end }, newText: ")" },
          ],
        },
      ],
    };
  },
});
