import { expect, test } from "vitest";
import { unreadDecayFacts } from "../../../server/src/facts/unread-decay.ts";
import { factsOf } from "../../support/facts-of.ts";

test("unreadDecayFacts tell what is declared, and the optimizer that goes without it", () => {
  const facts = factsOf(
    unreadDecayFacts,
    "from torch.optim import SGD\nclass C:\n    wd = 0.1\nopt = SGD(p, lr=C.lr)\n",
  );
  expect(
    facts.map(({ key, shown, optimizerName, holders }) => [key, shown, optimizerName, ...holders]),
  ).toEqual([["wd", "C.wd", "SGD", "C"]]);
});
