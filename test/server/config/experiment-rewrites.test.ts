import { describe, expect, test } from "vitest";
import { experimentRewrites } from "../../../server/src/config/experiment-rewrites.ts";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import { parseYaml } from "../../../server/src/syntax/config/yaml.ts";

function rewritten(text: string): string[] {
  const start = text.indexOf("lambda: ") + "lambda: ".length;
  return experimentRewrites(parseYaml(text), { start, end: start }).map(({ edits }) =>
    applyEdits(text, edits),
  );
}

describe("experimentRewrites()", () => {
  test.each([
    [
      "penalty:\n  - { norm: l2, lambda: 0.1, convention: plain }",
      [
        "penalty:\n  - { norm: l2, lambda: 0.2, convention: half }",
        'penalty:\n  - { norm: l2, lambda: "0.2 * m", convention: half_mean }',
      ],
    ],
    [
      "penalty:\n  - norm: l2\n    convention: half_mean\n    lambda: 1e-4",
      [
        'penalty:\n  - norm: l2\n    convention: plain\n    lambda: "5.0e-5 / m"',
        'penalty:\n  - norm: l2\n    convention: half\n    lambda: "1.0e-4 / m"',
      ],
    ],
    ["penalty:\n  - { norm: l1, lambda: 0.1 }", []],
    ['penalty:\n  - { norm: l2, lambda: "1 / m", convention: half }', []],
    ["penalty:\n  - { norm: l2, lambda: 0.1, convention: none }", []],
  ])("%j", (text, expected) => expect(rewritten(text)).toEqual(expected));
});
