import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const { compare, symbolFloors } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../../scripts/tensorflow/symbol-floors.mjs"))
    .href
);

test("symbolFloors() gives the newest version of each family, by number and not by spelling", () => {
  const names = ["GLIBC_2.9", "GLIBC_2.14", "GLIBC_2.2.5", "GLIBCXX_3.4.21", "GLIBC_PRIVATE", "x"];
  expect(symbolFloors(Buffer.from(`\0${names.join("\0")}\0`))).toEqual({
    GLIBC: [2, 14],
    GLIBCXX: [3, 4, 21],
  });
});

test.each([
  [[2, 9], [2, 14], -1],
  [[2, 14], [2, 14], 0],
  [[3, 4, 25], [3, 4], 1],
])("compare() of %j and %j", (one, other, sign) => {
  expect(Math.sign(compare(one, other))).toBe(sign);
});
