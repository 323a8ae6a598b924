import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NPY_HEADER_ROOM, parseNpyHeader } from "../../../core/formats/npy-header.ts";
import { npyOf, npyOfNumbers } from "../../support/npy-of.ts";

const FILE = npyOfNumbers([1, 2, 3, 4, 5, 6], [2, 3]);
const headerOf = (text: string) => npyOf(text, new Uint8Array(48));
const problemOf = (bytes: Uint8Array, size = bytes.length) => {
  const header = parseNpyHeader(bytes, size);
  return "problem" in header ? header.problem : "";
};

describe("parseNpyHeader", () => {
  test("needs the header only, given the size of the file", () => {
    expect(parseNpyHeader(FILE.subarray(0, FILE.length - 48), FILE.length)).toEqual({
      dtype: { kind: "float", itemBytes: 8, isBigEndian: false, name: "float64" },
      shape: [2, 3],
      isFortranOrder: false,
      dataStart: FILE.length - 48,
    });
    expect(NPY_HEADER_ROOM).toBeGreaterThan(FILE.length - 48);
  });

  test.each([
    ["no array at all", new Uint8Array(Buffer.from("name,age\n1,2\n")), /does not start with/],
    ["an empty file", new Uint8Array(0), /truncated: 0 bytes/],
    ["half a header", FILE.subarray(0, 40), /truncated: the header should end/],
    ["a format of the future", FILE.map((byte, at) => (at === 6 ? 9 : byte)), /its format is 9/],
    ["less data", FILE.subarray(0, -1), /truncated: float64 \[2, 3\] takes 48 bytes, 47 follow/],
    ["more data", new Uint8Array([...FILE, 0]), /not one array: .* takes 48 bytes, 49 follow/],
    ["no dictionary", headerOf("(1, 2)"), /no Python dictionary/],
    ["no type", headerOf("{'fortran_order': False, 'shape': (6,)}"), /names no type/],
    ["no order", headerOf("{'descr': '<f8', 'shape': (6,)}"), /does not state the order/],
    [
      "a negative side",
      headerOf("{'descr': '<f8', 'fortran_order': False, 'shape': (-6,)}"),
      /no valid shape/,
    ],
    [
      "sides beyond all memory",
      headerOf("{'descr': '<f8', 'fortran_order': False, 'shape': (94906267, 94906267)}"),
      /no valid shape/,
    ],
    [
      "a lying shape",
      headerOf("{'descr': '<f8', 'fortran_order': False, 'shape': (600,)}"),
      /takes 4800 bytes/,
    ],
  ])("tells %s", (_name, bytes, expected) => {
    expect(problemOf(bytes)).toMatch(expected);
  });

  test("refuses a header that claims more than NumPy writes", () => {
    const bytes = FILE.slice();
    bytes.set([2, 0, 0xff, 0xff, 0xff, 0x7f], 6);
    expect(problemOf(bytes)).toMatch(/claims 2147483647 bytes/);
  });

  test("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (tail) => {
        parseNpyHeader(new Uint8Array([...FILE.subarray(0, 10), ...tail]));
      }),
    );
  });
});
