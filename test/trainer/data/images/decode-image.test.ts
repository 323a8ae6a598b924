import fc from "fast-check";
import { encode as encodeJpeg } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../../../trainer/src/data/images/decode-image.ts";
import { pngOf } from "../../../support/png-of.ts";

const PNG = pngOf(9, 5, [200, 100, 50]);
const JPEG = new Uint8Array(
  encodeJpeg({ width: 9, height: 5, data: new Uint8Array(9 * 5 * 4).fill(120) }, 90).data,
);
const problemOf = (bytes: Uint8Array) => {
  const image = decodeImage(bytes);
  return "problem" in image ? image.problem : "";
};

describe("decodeImage", () => {
  test("tells a picture by its bytes", () => {
    expect(decodeImage(PNG)).toMatchObject({ width: 9, height: 5 });
    expect(decodeImage(JPEG)).toMatchObject({ width: 9, height: 5 });
  });

  test("refuses what claims to be larger than any picture before it makes room", () => {
    const bomb = PNG.slice();
    new DataView(bomb.buffer).setUint32(16, 2 ** 31 - 1);
    expect(problemOf(bomb)).toMatch(/claims 2147483647 × 5 pixels/);
    const sides = JPEG.findIndex((byte, at) => byte === 0xff && JPEG[at + 1] === 0xc0) + 5;
    const large = JPEG.slice();
    large.set([0xff, 0xff, 0xff, 0xff], sides);
    expect(problemOf(large)).toMatch(/it is damaged \(maxResolutionInMP/);
  });

  test.each([
    ["a text", new Uint8Array(Buffer.from("<html>")), /neither a PNG nor a JPEG/],
    ["nothing", new Uint8Array(0), /neither/],
    ["a cut PNG", PNG.subarray(0, 30), /damaged/],
    [
      "a PNG with a wrong checksum",
      PNG.map((byte, at) => (at === PNG.length - 20 ? byte ^ 1 : byte)),
      /damaged/,
    ],
    ["a cut JPEG", JPEG.subarray(0, 30), /damaged/],
  ])("tells %s", (_name, bytes, expected) => expect(problemOf(bytes)).toMatch(expected));

  test.each([
    ["PNG", PNG],
    ["JPEG", JPEG],
  ] as const)("never throws, whatever the bytes of a %s", (_name, file) => {
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(changes, (places) => {
        const copy = file.slice();
        for (const [place, byte] of places) copy[place] = byte;
        const image = decodeImage(copy);
        if ("rgb" in image) expect(image.rgb.length).toBe(image.width * image.height * 3);
      }),
      { numRuns: 80 },
    );
  });
});
