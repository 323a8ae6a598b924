import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { changeFault, pairOf, withChanges } from "../../../client/src/runs/changed-values.ts";

const TEXT = readFileSync("examples/shapes.normlens.yaml", "utf8");

test.each([
  ["training.epochs=5", { key: "training.epochs", value: "5" }],
  [" penalty.0.lambda = 0.1 / m ", { key: "penalty.0.lambda", value: "0.1 / m" }],
  ["a=b=c", { key: "a", value: "b=c" }],
  ["training.epochs=", undefined],
  ["training epochs=5", undefined],
  ["epochs", undefined],
])("pairOf(%j) is %j", (text, pair) => expect(pairOf(text)).toEqual(pair));

test("withChanges() replaces the value of a key and adds new ones", () => {
  const changes = new Map([
    ["a.b", "2"],
    ["c", "x=y"],
  ]);
  expect(withChanges(["a.b=1", "a.bc=3"], changes)).toEqual(["a.bc=3", "a.b=2", "c=x=y"]);
});

describe("changeFault()", () => {
  test.each([
    ["a value that fits", "training.epochs", "3", undefined],
    ["an expression", "penalty.0.lambda", "0.5 / m", undefined],
    ["a value out of range", "training.epochs", "0", /^.*at least 1/],
    ["no number", "training.epochs", "many", /whole number/],
    ["an unknown key", "training.epoch", "3", /epoch/],
    ["a place that is not there", "name.first", "3", /./],
    ["no YAML", "training.epochs", "[1", /./],
  ])("of %s", (_name, key, value, fault) => {
    const found = changeFault(TEXT, new Map([[key, value]]), key);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });

  test("names the place where another key is at fault", () => {
    const changes = new Map([["training.epochs", "0"]]);
    expect(changeFault(TEXT, changes)).toMatch(/^training\.epochs: /);
    expect(changeFault(TEXT, changes, "name")).toMatch(/^training\.epochs: /);
  });
});
