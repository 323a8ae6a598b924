import { describe, test } from "vitest";
import { unusedSuppression as rule } from "../../../../server/src/rules/config/unused-suppression.ts";
import { checkRule } from "../../../support/check-rule.ts";

const prune = (line: string) =>
  `import numpy as np\n\ndef prune(w, t):\n    ${line}\n    return w\n`;
const BAD = "w[np.abs(w) > t] = 0";
const RIGHT = "w[np.abs(w) < t] = 0";

describe("unused-suppression", () => {
  test.each([
    ["behind code", `${RIGHT}  # normlens: ignore[«NL601»]`, RIGHT],
    ["by name", `${RIGHT}  # normlens: ignore[«prune-zeroes-largest»]`, RIGHT],
    ["alone on a line", `# normlens: ignore[«NL601»]\n    ${RIGHT}`, RIGHT],
    [
      "in a list",
      `${BAD}  # normlens: ignore[NL601, «NL602»]`,
      `${BAD}  # normlens: ignore[NL601]`,
    ],
    [
      "first in a list",
      `${BAD}  # normlens: ignore[«NL602», NL601]`,
      `${BAD}  # normlens: ignore[NL601]`,
    ],
    ["beside other words", `${RIGHT}  # why? normlens: ignore[«NL601»]`, `${RIGHT}  # why? `],
    ["a name that no rule has", `${BAD}  # normlens: ignore[«NL999»]`, BAD],
    ["for the file", `${RIGHT}\n    # normlens: ignore-file[«sparsity»]`, RIGHT],
  ])("marks and removes an id %s", (_name, bad, good) => {
    const line = (text: string) => prune(text).replace(`${RIGHT}\n\n`, `${RIGHT}\n`);
    checkRule(rule, line(bad), line(good));
  });

  test.each([
    ["that silences", `${BAD}  # normlens: ignore[NL601]`],
    ["of a family", `${BAD}  # normlens: ignore[sparsity]`],
    ["for the file", `${BAD}\n    # normlens: ignore-file[NL601]`],
    ["without a list", `${RIGHT}  # normlens: ignore`],
    ["in half-typed code", `w[np.abs(w > t  # normlens: ignore[`],
  ])("is silent about a comment %s", (_name, line) => checkRule(rule, prune(line)));

  test("in YAML", () => {
    checkRule(rule, "lr: 0.1  # normlens: ignore[«NLC01»]\n", "lr: 0.1\n", { language: "yaml" });
    checkRule(rule, "weight_decay: 1e-2  # normlens: ignore[NLC01]\n", undefined, {
      language: "yaml",
      project: { loaderOf: () => "pyyaml" },
    });
  });
});
