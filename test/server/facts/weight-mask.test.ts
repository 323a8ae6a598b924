import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { weightMaskFacts } from "../../../server/src/facts/weight-mask.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

function factsOf(line: string) {
  const text = `import numpy as np\nimport torch\ndef f(w, t):\n    ${line.replaceAll("\n", "\n    ")}\n`;
  const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  return weightMaskFacts.extract(parse(document), document);
}

test.each([
  ["w[np.abs(w) > t] = 0", "large", true],
  ["w[abs(w) <= t] = 1", "small", false],
  ["w[~(np.abs(w) > t)] = 0", "small", true],
  ["w[np.logical_not(np.abs(w) < t)] = 0", "large", true],
  ["v = np.where(w.abs() < t, 0.0, w)", "small", true],
  ["v = torch.where(t > w.abs(), w, torch.tensor(0.0))", "large", true],
  ["v = w * (w.abs() > t).float()", "small", true],
  ["v = (1 - (w.abs() > t).float()) * w", "large", true],
  ["w.data.mul_(w.data.abs() > t)", "small", true],
  ["v = w.masked_fill(w.abs() > t, 2)", "large", false],
  ["if abs(w[0]) > t:\n    w[0] = 0", "large", true],
  ["v = 0 if abs(x) > t else x", "large", true],
])("weightMaskFacts reads %s", (line, replaced, isZero) => {
  expect(factsOf(line).map((fact) => [fact.replaced, fact.isZero])).toEqual([[replaced, isZero]]);
});

test.each([
  "w[w > t] = 0",
  "w[np.abs(v) > t] = 0",
  "v = np.where(np.abs(w) > t, 0, 1)",
  "v = w * mask",
  "w[(np.abs(w) > t) & keep] = 0",
  "if abs(w[0]) > t:\n    w[0] = 0\n    print(w)",
  "w[t < np.abs(w) < 2 * t] = 0",
  "w[np.abs(w) >",
])("weightMaskFacts leaves %s alone", (line) => expect(factsOf(line)).toEqual([]));

test("weightMaskFacts names what is around a choice", () => {
  const [fact] = factsOf("mask = np.abs(w) > t\nw[mask] = 0");
  expect(fact?.names).toEqual(expect.arrayContaining(["f", "w", "mask"]));
});
