import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PickleValue, readPickle } from "../../../core/formats/pickle.ts";

/** Instructions and texts as bytes. */
function pickleOf(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === "number" ? Buffer.of(part) : Buffer.from(part as string, "latin1"),
    ),
  );
}

const readValue = (...parts: readonly (string | number | Uint8Array)[]): PickleValue => {
  const read = readPickle(pickleOf(...parts));
  if ("problem" in read) throw new Error(read.problem);
  return read.value;
};

const list = (...items: PickleValue[]): PickleValue => ({ kind: "list", items });
const tuple = (...items: PickleValue[]): PickleValue => ({ kind: "tuple", items });

describe("readPickle() reads", () => {
  test.each<[string, (string | number)[], PickleValue]>([
    ["None", ["N."], undefined],
    ["booleans of protocol 0", ["(I01\nI00\nl."], list(true, false)],
    ["booleans of protocol 2", [0x80, 2, 0x88, "."], true],
    ["small integers", [0x80, 2, "K", 200, "."], 200],
    ["negative integers", [0x80, 2, "J", 0xff, 0xff, 0xff, 0xff, "."], -1],
    ["long integers of protocol 0", ["L123L\n."], 123],
    ["long integers", [0x80, 2, 0x8a, 2, 0x00, 0x80, "."], -32_768],
    ["integers beyond 2⁵³", [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 1, "."], 2n ** 56n],
    ["floats", ["G", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, "."], 1.5],
    ["floats of protocol 0", ["F0.25\n."], 0.25],
    ["texts", [0x80, 4, 0x95, 5, 0, 0, 0, 0, 0, 0, 0, 0x8c, 2, "hi", "."], "hi"],
    ["long texts", ["X", 2, 0, 0, 0, "hi", "."], "hi"],
    ["old texts", ["S'hi'\n."], "hi"],
    ["lists that grow", ["](K", 1, "K", 2, "eK", 3, "a."], list(1, 2, 3)],
    ["tuples", ["K", 1, "K", 2, "K", 3, 0x87, "."], tuple(1, 2, 3)],
    ["what is remembered", ["]q", 7, "0h", 7, "."], list()],
    ["dictionaries", ["}(U", 1, "aK", 1, "u."], { kind: "dict", entries: [["a", 1]] }],
    ["names without importing them", ["cos\nsystem\n."], { kind: "global", name: "os.system" }],
    [
      "names of protocol 4",
      [0x8c, 2, "os", 0x8c, 1, "x", 0x93, "."],
      { kind: "global", name: "os.x" },
    ],
    [
      "references to the outside",
      ["(U", 7, "storageK", 1, "tQ."],
      { kind: "persistent", id: tuple("storage", 1) },
    ],
  ])("%s", (_, parts, expected) => {
    expect(readValue(...parts)).toEqual(expected);
  });

  test("a call as the description of a call", () => {
    expect(readValue("cos\nsystem\n(S'rm -rf /'\ntR.")).toEqual({
      kind: "call",
      callee: { kind: "global", name: "os.system" },
      args: ["rm -rf /"],
      items: [],
      entries: [],
      state: undefined,
    });
  });

  test("the state and the items that an object would be given", () => {
    expect(readValue("cm\nC\n)R(U", 1, "aK", 1, "u}b.")).toMatchObject({
      entries: [["a", 1]],
      state: { kind: "dict" },
    });
  });

  test("lists that hold themselves", () => {
    const value = readValue("]q", 0, "h", 0, "a.");
    expect(value).toMatchObject({ kind: "list" });
  });
});

describe("readPickle() refuses, with the place,", () => {
  test.each<[string, (string | number)[], RegExp]>([
    ["a pickle that breaks off", ["K"], /byte 1: it ends too early/],
    ["no pickle", ["hello"], /nothing is remembered as 101/],
    ["an unknown instruction", [0xff], /no instruction 0xff/],
    ["extension codes", [0x82, 1, "."], /no instruction 0x82/],
    ["a text longer than the file", ["X", 0xff, 0xff, 0xff, 0x7f, "."], /ends too early/],
    ["a mark as a value", ["(."], /a mark stands where a value should/],
    ["an empty stack", ["R"], /the stack is too short/],
    ["a key without a value", ["}(K", 1, "u."], /a key has no value/],
    ["integers that take long to read", [0x8b, 0, 0, 1, 0, "x".repeat(65_536), "."], /65536 bytes/],
  ])("%s", (_, parts, expected) => {
    expect(readPickle(pickleOf(...parts))).toEqual({ problem: expect.stringMatching(expected) });
  });

  test("or reads any bytes, and never throws", () => {
    const instruction = fc.constantFrom(...'(0.12FGIJKLMNPQRSTUVXabcdeghijloptqrsu]}"'.split(""));
    const part = fc.oneof(instruction, fc.integer({ min: 0x80, max: 0x98 }), fc.nat(9));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        readPickle(pickleOf(...parts, "."));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readPickle(bytes)));
  });
});
