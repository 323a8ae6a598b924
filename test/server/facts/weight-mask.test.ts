import { describe, expect, test } from "vitest";
import { weightMaskFacts } from "../../../server/src/facts/weight-mask.ts";
import { factsOf } from "../../support/facts-of.ts";

const IMPORTS = "import numpy as np\n";

describe("weightMaskFacts", () => {
  test.each([
    ["a masked assignment", "w[np.abs(w) > t] = 0", "large", true],
    ["its opposite", "w[np.abs(w) < t] = 0", "small", true],
    ["a choice by where", "w = np.where(np.abs(w) < t, 0, w)", "small", true],
    ["a value that is not zero", "w[np.abs(w) > t] = t", "large", false],
  ])("reads %s", (_name, code, replaced, isZero) => {
    expect(factsOf(weightMaskFacts, `${IMPORTS}def prune(w, t):\n    ${code}\n`)).toMatchObject([
      { replaced, isZero, names: expect.arrayContaining(["prune", "w"]) },
    ]);
  });

  test.each([
    ["a comparison of plain values", "w[w > t] = 0"],
    ["a comparison that is still being typed", "w[np.abs(w) >"],
    ["nothing at all", ""],
  ])("finds nothing in %s", (_name, code) => {
    expect(factsOf(weightMaskFacts, IMPORTS + code)).toEqual([]);
  });
});
