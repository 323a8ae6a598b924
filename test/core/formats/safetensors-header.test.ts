import { describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { parseSafetensorsHeader } from "../../../core/formats/safetensors-header.ts";

const FILE = encodeSafetensors(
  [
    { name: "b", dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 3) },
    { name: "a", dtype: "F64", shape: [1, 2], data: Float64Array.of(4, 5) },
  ],
  { step: "3" },
);
const DATA_START = FILE.length - 19;

describe("parseSafetensorsHeader", () => {
  test("needs the header only, given the size of the file", () => {
    expect(parseSafetensorsHeader(FILE.subarray(0, DATA_START), FILE.length)).toEqual({
      entries: [
        { name: "a", dtype: "F64", shape: [1, 2], begin: DATA_START, end: DATA_START + 16 },
        { name: "b", dtype: "U8", shape: [3], begin: DATA_START + 16, end: DATA_START + 19 },
      ],
      foreign: [],
      metadata: { step: "3" },
      dataStart: DATA_START,
    });
  });

  test.each([
    ["shorter", -1, /truncated: the tensors need/],
    ["longer", 1, /1 bytes after the last tensor/],
  ])("tells a file that is %s than its tensors", (_name, change, expected) => {
    const header = parseSafetensorsHeader(FILE.subarray(0, DATA_START), FILE.length + change);
    expect("problem" in header ? header.problem : "").toMatch(expected);
  });
});
