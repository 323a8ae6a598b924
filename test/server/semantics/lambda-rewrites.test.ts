import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { lambdaValueFacts } from "../../../server/src/facts/lambda-value.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { lambdaRewrites } from "../../../server/src/semantics/lambda-rewrites.ts";

/** The text after each rewrite of the λ that starts at `number`, or of the first. */
function rewritten(text: string): string[] {
  const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  const syntax = parse(document);
  if (syntax.language !== "python") throw new TypeError("Not Python");
  const [fact] = lambdaValueFacts.extract(syntax, document);
  if (fact === undefined) return [];
  return lambdaRewrites(fact, syntax.program).map(({ edits }) => applyEdits(text, edits));
}

const FIT = "X, y = load()\n";

describe("lambdaRewrites()", () => {
  test.each([
    [
      "from sklearn.linear_model import Lasso",
      "m = Lasso(alpha=0.1, random_state=0)",
      [
        "m = ElasticNet(alpha=0.1, l1_ratio=1, random_state=0)",
        'm = SGDRegressor(penalty="l1", alpha=0.1, random_state=0)',
      ],
    ],
    [
      "from sklearn.linear_model import ElasticNet",
      "m = ElasticNet(0.1, l1_ratio=1, max_iter=500)",
      ["m = Lasso(alpha=0.1)", 'm = SGDRegressor(penalty="l1", alpha=0.1)'],
    ],
    [
      "from sklearn.linear_model import Ridge",
      "m = Ridge(alpha=3).fit(X, y)",
      [
        "m = ElasticNet(alpha=3 / len(y), l1_ratio=0).fit(X, y)",
        "m = SGDRegressor(alpha=3 / len(y)).fit(X, y)",
      ],
    ],
    [
      "from sklearn.linear_model import SGDRegressor",
      "m = SGDRegressor(alpha=0.01)\nm.fit(X, y)",
      [
        "m = Ridge(alpha=0.01 * len(y))\nm.fit(X, y)",
        "m = ElasticNet(alpha=0.01, l1_ratio=0)\nm.fit(X, y)",
      ],
    ],
    [
      "from sklearn.linear_model import LogisticRegression",
      'm = LogisticRegression(C=10, class_weight="balanced", solver="saga")\nm.fit(X, y)',
      [
        'm = SGDClassifier(loss="log_loss", alpha=0.1 / len(y), class_weight="balanced")\nm.fit(X, y)',
      ],
    ],
    [
      "from sklearn.linear_model import SGDClassifier",
      'm = SGDClassifier(loss="log_loss", alpha=0.01)\nm.fit(X, y)',
      ["m = LogisticRegression(C=100 / len(y))\nm.fit(X, y)"],
    ],
    ["from keras.regularizers import l2", "r = l2(0.01)", ["r = L1L2(l1=0, l2=0.01)"]],
  ])("%s; %s", (imports, code, expected) => {
    const found = rewritten(`${imports}\n${FIT}${code}\n`);
    const tails = found.map((text) => text.slice(text.indexOf(FIT) + FIT.length).trimEnd());
    expect(tails).toEqual(expected);
    const module = imports.split(" import ")[0] ?? "";
    for (const text of found) {
      const name = /= (\w+)\(/.exec(text.slice(text.indexOf(FIT) + FIT.length))?.[1];
      expect(text.startsWith(`${module} import `)).toBe(true);
      expect(text.split("\n")[0]).toContain(name);
    }
  });

  test.each([
    ["the number of samples is not in sight", `${FIT}m = Ridge(alpha=3)`],
    ["the targets come later", "m = Ridge(alpha=3)\nX, y = load()\nm.fit(X, y)"],
    ["it is fitted twice", `${FIT}m = Ridge(alpha=3)\nm.fit(X, y)\nm.fit(X2, y2)`],
    ["the targets have no name", `${FIT}m = Ridge(alpha=3)\nm.fit(X, load_y())`],
    ["an option would be lost", `${FIT}m = Ridge(alpha=3, positive=True).fit(X, y)`],
    ["a name would be lost", `A = 3\n${FIT}m = Ridge(alpha=A).fit(X, y)`],
    ["options are not shown", `${FIT}m = Ridge(alpha=3, **options).fit(X, y)`],
    ["the call is half-typed", `${FIT}m = Ridge(alpha=3`],
    ["it is no sibling", "m = MLPRegressor(alpha=3)"],
  ])("there is none where %s", (_why, code) => {
    const imports =
      "from sklearn.linear_model import Ridge\nfrom sklearn.neural_network import MLPRegressor\n";
    expect(rewritten(`${imports}${code}`)).toEqual([]);
  });
});
