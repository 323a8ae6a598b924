import { describe, expect, test } from "vitest";
import { modalityShapes, shapePath } from "../../../webview/src/layout/modality-shape.ts";

describe("modalityShapes()", () => {
  test("gives the known modalities their shapes and others what is left", () => {
    expect([...modalityShapes(["text", "video", "image"])]).toEqual([
      ["text", "triangle"],
      ["video", "square"],
      ["image", "circle"],
    ]);
  });

  test.each(["circle", "triangle", "square", "diamond", "cross"] as const)(
    "%s is a closed path",
    (shape) => {
      expect(shapePath(shape, 4)).toMatch(/^M.*z$/);
    },
  );
});
