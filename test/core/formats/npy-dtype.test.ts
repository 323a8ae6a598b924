import { describe, expect, test } from "vitest";
import { npyNumbers, npyTexts, parseNpyDtype } from "../../../core/formats/npy-dtype.ts";

const dtypeOf = (descr: string) => {
  const dtype = parseNpyDtype(descr);
  if ("problem" in dtype) throw new TypeError(dtype.problem);
  return dtype;
};

describe("parseNpyDtype", () => {
  test.each([
    ["<f4", "float32"],
    [">i8", "int64"],
    ["|b1", "bool"],
    ["<U10", "<U10"],
  ])("names %s as NumPy does", (descr, name) => expect(dtypeOf(descr).name).toBe(name));

  test.each([
    ["|O", /pickled/],
    ["|V2", /bfloat16/],
    ["<f3", /has 3 bytes/],
    ["", /unknown/],
    ["<f", /unknown/],
    ["<q8", /unknown/],
    ["<i99999999999999999999", /unknown/],
  ])("refuses %s", (descr, expected) => {
    const dtype = parseNpyDtype(descr);
    expect("problem" in dtype ? dtype.problem : "").toMatch(expected);
  });
});

describe("npyNumbers", () => {
  test("names the first integer that binary64 rounds", () => {
    const bytes = new Uint8Array(BigInt64Array.of(2n ** 53n, -(2n ** 53n) - 1n, 2n ** 60n).buffer);
    const { values, inexactAt } = npyNumbers(dtypeOf("<i8"), bytes);
    expect([...values]).toEqual([2 ** 53, -(2 ** 53), 2 ** 60]);
    expect(inexactAt).toBe(1);
  });

  test("takes whole elements only, at any alignment", () => {
    const bytes = new Uint8Array(15);
    bytes.set(new Uint8Array(Float32Array.of(1.5, -2).buffer), 3);
    expect([...npyNumbers(dtypeOf("<f4"), bytes.subarray(3)).values]).toEqual([1.5, -2, 0]);
    expect([...npyNumbers(dtypeOf("<f4"), bytes.subarray(3, 9)).values]).toEqual([1.5]);
  });

  test("calls every byte but 0 true", () => {
    expect([...npyNumbers(dtypeOf("|b1"), Uint8Array.of(0, 1, 255)).values]).toEqual([0, 1, 1]);
  });
});

describe("npyTexts", () => {
  test("puts a mark in place of what is no character, and gives none of numbers", () => {
    const bytes = new Uint8Array(Uint32Array.of(0x41, 0x7fffffff).buffer);
    expect(npyTexts(dtypeOf("<U2"), bytes)).toEqual(["A\ufffd"]);
    expect(npyTexts(dtypeOf("<f4"), bytes)).toEqual([]);
  });
});
