import { expect, test } from "vitest";
import { lateTrainableFacts } from "../../../server/src/facts/late-trainable.ts";
import { factsOf } from "../../support/facts-of.ts";

const found = (code: string) =>
  factsOf(lateTrainableFacts, code).map(({ target, statement }) => [
    code.slice(target.span.start, target.span.end),
    statement.kind,
  ]);

test("lateTrainableFacts finds changes between two fits of one compilation", () => {
  expect(found("m.compile()\nm.fit(x)\nm.trainable = False\nm.fit(x)\n")).toEqual([
    ["m.trainable", "assign"],
  ]);
  expect(
    found("m.compile()\nm.fit(x)\nfor k in m.layers:\n    k.trainable = False\nm.fit(x)\n"),
  ).toEqual([["k.trainable", "for"]]);
});

test("lateTrainableFacts leaves other orders alone", () => {
  expect(found("m.compile()\nm.trainable = False\nm.fit(x)\n")).toEqual([]);
  expect(found("m.trainable = False\nm.compile()\nm.fit(x)\n")).toEqual([]);
  expect(found("m.compile()\nm.fit(x)\nm.trainable = False\nm.compile()\nm.fit(x)\n")).toEqual([]);
  expect(found("m.compile()\nm.fit(x)\nother.trainable = False\nm.fit(x)\n")).toEqual([]);
});
