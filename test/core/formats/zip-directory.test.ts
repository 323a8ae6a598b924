import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  findZipDirectory,
  parseZipDirectory,
  parseZipWideEnd,
  ZIP_TAIL_BYTES,
  zipDataStart,
} from "../../../core/formats/zip-directory.ts";
import { zipOf } from "../../support/zip-of.ts";

const MEMBERS = {
  "x.npy": new Uint8Array(500),
  "folder/": new Uint8Array(0),
  "y.npy": Uint8Array.of(7),
};
const FILE = zipOf(MEMBERS);

function entriesOf(file: Uint8Array) {
  const place = findZipDirectory(file.subarray(-ZIP_TAIL_BYTES), file.length);
  if ("problem" in place) return place;
  return parseZipDirectory(file.subarray(place.start, place.end), file.length);
}

describe("the directory of a ZIP file", () => {
  test("names the members, without folders, and where their data starts", () => {
    const entries = entriesOf(FILE);
    if ("problem" in entries) throw new TypeError(entries.problem);
    expect(entries.map(({ name, sizeBytes, method }) => [name, sizeBytes, method])).toEqual([
      ["x.npy", 500, "deflated"],
      ["y.npy", 1, "deflated"],
    ]);
    const [first] = entries;
    expect(zipDataStart(first!, FILE.subarray(0, 30))).toBe(35);
    expect(zipDataStart(first!, FILE.subarray(1, 31))).toHaveProperty("problem");
  });

  test("is found behind a comment that looks like the end itself", () => {
    const comment = FILE.subarray(-22);
    const file = new Uint8Array([...FILE, ...comment]);
    new DataView(file.buffer).setUint16(FILE.length - 2, comment.length, true);
    const found = findZipDirectory(file, file.length);
    expect("problem" in found || found.end <= FILE.length).toBe(true);
  });

  test.each([
    ["a text", new Uint8Array(Buffer.from("name,age\n")), /no ZIP file/],
    ["a file cut off", FILE.subarray(0, FILE.length - 1), /no ZIP file, or it is truncated/],
    ["a lost start", FILE.subarray(20), /over the end|damaged/],
    ["encryption", zipOf(MEMBERS, (entry) => entry.writeUInt16LE(1, 8)), /`x.npy` is encrypted/],
    ["another packing", zipOf(MEMBERS, (entry) => entry.writeUInt16LE(93, 10)), /method 93/],
    [
      "a member that is too long",
      zipOf(MEMBERS, (entry) => entry.writeUInt32LE(1 << 30, 20)),
      /over the end of the file/,
    ],
    [
      "a stored member of two sizes",
      zipOf(MEMBERS, (entry) => entry.writeUInt16LE(0, 10)),
      /its two sizes differ/,
    ],
  ])("tells %s", (_name, file, expected) => {
    const entries = entriesOf(file);
    expect("problem" in entries ? entries.problem : "").toMatch(expected);
  });

  test("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        entriesOf(new Uint8Array([...bytes, ...FILE.subarray(-22)]));
        parseZipDirectory(new Uint8Array([0x50, 0x4b, 1, 2, ...bytes]), 1e9);
        parseZipWideEnd(bytes, 1e9);
      }),
    );
  });
});
