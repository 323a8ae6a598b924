import { expect, test } from "vitest";
import { pruningFacts } from "../../../server/src/facts/pruning.ts";
import { factsOf } from "../../support/facts-of.ts";

test.each([
  ["prune.l1_unstructured(m, 'weight', 5)", 5, true, false],
  ["prune.l1_unstructured(m, 'weight', amount=0.5)", 0.5, false, false],
  ["prune.random_structured(m, 'weight', 5, 0)", 5, true, true],
  ["prune.LnStructured(5, 2)", 5, true, true],
  ["prune.L1Unstructured(amount=5.0)", 5, false, false],
])("pruningFacts() reads %j", (text, value, isWhole, isStructured) => {
  const facts = factsOf(pruningFacts, `from torch.nn.utils import prune\n${text}`);
  expect(facts).toMatchObject([{ amount: { value }, isWhole, isStructured }]);
});

test("pruningFacts() finds none without an amount", () => {
  const text =
    "from torch.nn.utils import prune\nprune.remove(m, 'weight')\nprune.identity(m, 'w')";
  expect(factsOf(pruningFacts, text)).toEqual([]);
});
