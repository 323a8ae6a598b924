import { inCall, lineAt, numberIn, replaced } from "../edits.ts";
import type { Mutator } from "../mutator.ts";

const PRUNES = /prun|sparsi/i;

export const sparsityMutators: readonly Mutator[] = [
  {
    code: "NL601",
    language: "python",
    mistake: "keeps the small weights and drops the large ones",
    needs: PRUNES,
    changes: replaced(
      /(def \w*prun\w*\([^:]*:(?:\n.*){0,12}?\b(?:np|torch)\.abs\([\w.]+\) )(<)(=? )/,
      (match) => `${match[1]}>${match[3]}`,
    ),
    example: [
      "import numpy as np",
      "def prune(w, t):",
      "    w[np.abs(w) < t] = 0",
      "    return w",
      "",
    ].join("\n"),
  },
  {
    code: "NL603",
    language: "python",
    mistake: "gives an amount to prune in percent",
    needs: /prune/,
    changes: inCall(/\w*unstructured|ln_structured|random_structured/, (call) => {
      const amount = call.arguments.find(({ keyword }) => keyword === "amount");
      const share = numberIn(amount?.value);
      if (amount === undefined || share === undefined || share <= 0 || share >= 1) return undefined;
      return [
        { start: amount.valueStart, end: amount.end, newText: String(Math.round(share * 100)) },
      ];
    }),
    example:
      'import torch.nn.utils.prune as prune\nprune.l1_unstructured(m, "weight", amount=0.5)\n',
  },
  {
    code: "NL605",
    language: "python",
    mistake: "takes the quantile of the weights with their signs",
    needs: PRUNES,
    changes: replaced(
      /(np|torch)\.(quantile|percentile)\((?:np|torch)\.abs\(([\w.]+)\), */,
      (match, { code }) =>
        lineAt(code, match.index ?? 0).text.includes("=")
          ? `${match[1]}.${match[2]}(${match[3]}, `
          : undefined,
    ),
    example: [
      "import numpy as np",
      "def prune(w):",
      "    t = np.quantile(np.abs(w), 0.5)",
      "    w[np.abs(w) < t] = 0",
      "    return w",
      "",
    ].join("\n"),
  },
];
