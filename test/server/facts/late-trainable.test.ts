import { expect, test } from "vitest";
import { lateTrainableFacts } from "../../../server/src/facts/late-trainable.ts";
import { factsOf } from "../../support/facts-of.ts";

const found = (code: string) =>
  factsOf(lateTrainableFacts, code).map(({ target, statement }) => [
    code.slice(target.span.start, target.span.end),
    statement.kind,
  ]);

test("lateTrainableFacts finds changes between compile and fit", () => {
  expect(found("m.compile()\nm.trainable = False\nm.fit(x)\n")).toEqual([
    ["m.trainable", "assign"],
  ]);
  expect(found("m.compile()\nfor k in m.layers:\n    k.trainable = False\nm.fit(x)\n")).toEqual([
    ["k.trainable", "for"],
  ]);
});

test("lateTrainableFacts leaves other orders alone", () => {
  expect(found("m.trainable = False\nm.compile()\nm.fit(x)\n")).toEqual([]);
  expect(found("m.compile()\nm.trainable = False\nm.compile()\nm.fit(x)\n")).toEqual([]);
  expect(found("m.compile()\nother.trainable = False\nm.fit(x)\n")).toEqual([]);
});
