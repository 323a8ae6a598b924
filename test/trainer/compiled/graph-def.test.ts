import { describe, expect, test } from "vitest";
import { protobufFields } from "../../../core/formats/protobuf.ts";
import { DATA_TYPE, savedModel } from "../../../trainer/src/compiled/graph-def.ts";

const decode = new TextDecoder();

/** The bytes of every field `number` of a message. */
function fields(message: Uint8Array, number: number): Uint8Array[] {
  return [...protobufFields(message)].flatMap((field) =>
    field.number === number && "bytes" in field ? [field.bytes] : [],
  );
}

/** The nodes of the one graph of a saved model: meta_graphs[0].graph_def.node. */
function nodesOf(model: Uint8Array): Uint8Array[] {
  const [metaGraph = new Uint8Array()] = fields(model, 2);
  const [graph = new Uint8Array()] = fields(metaGraph, 2);
  return fields(graph, 1);
}

const constant = (values: Float32Array) =>
  savedModel(
    [
      {
        name: "c",
        operation: "Const",
        inputs: [],
        attributes: {
          value: { constant: { dataType: DATA_TYPE.float, shape: [values.length], values } },
        },
      },
    ],
    "tag",
  );

describe("savedModel()", () => {
  test("writes name, operation and inputs of every node, and the tag", () => {
    const model = savedModel(
      [
        { name: "a", operation: "NoOp", inputs: [], attributes: {} },
        { name: "b", operation: "Add", inputs: ["a", "a:1", "^a"], attributes: {} },
      ],
      "train",
    );
    const [, second = new Uint8Array()] = nodesOf(model);
    expect(
      [1, 2, 3].map((field) => fields(second, field).map((one) => decode.decode(one))),
    ).toEqual([["b"], ["Add"], ["a", "a:1", "^a"]]);
    const [metaGraph = new Uint8Array()] = fields(model, 2);
    const [info = new Uint8Array()] = fields(metaGraph, 1);
    expect(fields(info, 4).map((one) => decode.decode(one))).toEqual(["train"]);
  });

  test("writes a constant of equal elements once, and others in full", () => {
    const equal = constant(new Float32Array(10_000).fill(0.5));
    const other = constant(Float32Array.from({ length: 10_000 }, (_, index) => index));
    expect(equal.length).toBeLessThan(200);
    expect(other.length).toBeGreaterThan(40_000);
    // −0 and 0 are equal numbers and different bits.
    const signed = new Float32Array(100);
    signed[50] = -0;
    expect(constant(signed).length).toBeGreaterThan(400);
  });

  test("writes negative integers as 64 bits, which TensorFlow reads them from", () => {
    const model = savedModel(
      [{ name: "s", operation: "X", inputs: [], attributes: { axis: { integer: -1 } } }],
      "t",
    );
    const [node = new Uint8Array()] = nodesOf(model);
    const [attribute = new Uint8Array()] = fields(node, 5);
    const [value = new Uint8Array()] = fields(attribute, 2);
    const [field] = [...protobufFields(value)];
    expect(field).toEqual({ number: 3, wire: "varint", value: 2n ** 64n - 1n });
  });
});
