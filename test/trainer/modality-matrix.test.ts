import { describe, expect, test } from "vitest";
import { frameShape, modalityMatrix } from "../../trainer/src/modality-matrix.ts";

const rest = { present: new Uint8Array([1, 0, 1]), contentOf: new Int32Array([0, 1, 2]) };

describe("modalityMatrix", () => {
  test("flattens rows in the order asked for, and blanks those that lack the modality", () => {
    const image = {
      name: "image",
      kind: "image",
      shape: [1, 2, 1],
      data: new Float32Array([1, 2, 0, 0, 5, 6]),
      ...rest,
    } as const;
    const { rows, columns, data } = modalityMatrix(image, new Int32Array([2, 1, 0]));
    expect([rows, columns, ...data]).toEqual([3, 2, 5, 6, Number.NaN, Number.NaN, 1, 2]);
    expect(frameShape(image)).toEqual({ frames: 1, width: 2 });
  });

  test("counts words and leaves out the padding", () => {
    const text = {
      name: "text",
      kind: "tokens",
      shape: [4],
      data: new Int32Array([1, 3, 3, 0, 0, 0, 0, 0, 2, 0, 0, 0]),
      vocabulary: ["", "a", "b", "c"],
      ...rest,
    } as const;
    expect([...modalityMatrix(text, new Int32Array([0, 2])).data]).toEqual([1, 0, 2, 0, 1, 0]);
    expect(frameShape(text)).toEqual({ frames: 1, width: 3 });
    const { vocabulary: _, ...nameless } = text;
    expect(modalityMatrix(nameless, new Int32Array([0])).columns).toBe(3);
  });

  test("tells sequences by their first side", () => {
    const audio = {
      name: "audio",
      kind: "spectrogram",
      shape: [5, 3],
      data: new Float32Array(45),
      ...rest,
    } as const;
    expect(frameShape(audio)).toEqual({ frames: 5, width: 3 });
    const flat = { ...audio, kind: "features", shape: [15] } as const;
    expect(frameShape(flat)).toEqual({ frames: 1, width: 15 });
  });
});
