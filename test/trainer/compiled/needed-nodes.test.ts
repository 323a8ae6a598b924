import { expect, test } from "vitest";
import { DATA_TYPE, type GraphNode } from "../../../trainer/src/compiled/graph-def.ts";
import { neededNodes } from "../../../trainer/src/compiled/needed-nodes.ts";

const node = (name: string, inputs: readonly string[] = []): GraphNode => ({
  name,
  operation: "Add",
  inputs,
  attributes: {},
});

const constant = (name: string, values: Float32Array | Int32Array): GraphNode => ({
  name,
  operation: "Const",
  inputs: [],
  attributes: {
    value: {
      constant: {
        dataType: values instanceof Float32Array ? DATA_TYPE.float : DATA_TYPE.int32,
        shape: [values.length],
        values,
      },
    },
  },
});

const isLast = ({ name }: GraphNode) => name === "last";

test("neededNodes() keeps what the roots depend on, by values and by order", () => {
  const nodes = [
    node("a"),
    node("unused", ["a"]),
    node("b"),
    node("c", ["b:1"]),
    node("last", ["a", "^c"]),
  ];
  expect(neededNodes(nodes, isLast).map(({ name }) => name)).toEqual(["a", "b", "c", "last"]);
});

test("neededNodes() keeps the first of equal small constants", () => {
  const nodes = [
    constant("one", Float32Array.of(1)),
    constant("same", Float32Array.of(1)),
    constant("whole", Int32Array.of(1)),
    constant("zero", Float32Array.of(0)),
    constant("minus", Float32Array.of(-0)),
    constant("large", new Float32Array(100)),
    constant("large too", new Float32Array(100)),
    node("last", ["one", "same", "whole", "zero", "minus", "large", "large too"]),
  ];
  const kept = neededNodes(nodes, isLast);
  expect(kept.map(({ name }) => name)).toEqual([
    "one",
    "whole",
    "zero",
    "minus",
    "large",
    "large too",
    "last",
  ]);
  expect(kept.at(-1)?.inputs.slice(0, 3)).toEqual(["one", "one", "whole"]);
});
