import { expect, test } from "vitest";
import { decodeImage } from "../../trainer/src/data/images/decode-image.ts";
import { resizeByArea } from "../../trainer/src/data/images/resize-by-area.ts";
import { expectWithin } from "../support/expect-within.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Picture {
  readonly name: string;
  readonly file: string;
  /** Of 255: what the decoders of JPEG may differ by, and the rounding of alpha and 16 bits. */
  readonly tolerance: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: readonly number[];
  readonly means: readonly number[];
}

const SIZE = 12;

describeWithPython("pictures against Pillow and NumPy", () => {
  const pictures = runPython("decoded_images.py", { size: SIZE }) as readonly Picture[];

  test.each(pictures.map((picture) => [picture.name, picture] as const))(
    "%s has the same pixels, and means over the same areas",
    (name, { file, tolerance, width, height, rgb, means }) => {
      const image = decodeImage(new Uint8Array(Buffer.from(file, "base64")));
      if ("problem" in image) throw new TypeError(image.problem);
      expect([image.width, image.height]).toEqual([width, height]);
      const worst = Math.max(...rgb.map((value, at) => Math.abs(value - (image.rgb[at] ?? -1e9))));
      expect(worst).toBeLessThanOrEqual(tolerance);
      const resized = resizeByArea(image, SIZE);
      const far = Math.max(
        ...means.map((value, at) => Math.abs(value / 255 - (resized[at] ?? -1e9))),
      );
      if (tolerance > 0) expect(far).toBeLessThanOrEqual(tolerance / 255);
      else {
        expectWithin(far, {
          section: "Features",
          quantity: `mean over areas, ${name}`,
          formula: "∫ pixel / area, 53×37 to 12×12",
          reference: "NumPy, pixels repeated 12 times a side",
          tolerance: 1e-7,
        });
      }
    },
  );
});
