import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesField, varintField } from "../../../core/formats/protobuf.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { npyOfNumbers } from "../../support/npy-of.ts";
import { pickledTensor, pytorchArchive } from "../../support/pytorch-archive.ts";
import { inspected } from "../../support/weight-place.ts";
import { zipOf } from "../../support/zip-of.ts";

const data = Float32Array.of(0, 1e-45, Number.NaN, -1 / 0, 2, 3);
const floats = new Uint8Array(data.buffer);
const manifest = [{ paths: ["a.bin"], weights: [{ name: "w", shape: [2, 3], dtype: "float32" }] }];

const FILES: Readonly<Record<string, Uint8Array>> = {
  "m.safetensors": encodeSafetensors([{ name: "../<b>", dtype: "F32", shape: [2, 3], data }]),
  "m.npy": npyOfNumbers([...data], [2, 3]),
  "m.npz": zipOf({ "w.npy": npyOfNumbers([...data], [2, 3]) }),
  "m.pt": pytorchArchive({ w: pickledTensor("0", [2, 3]) }, { 0: floats }),
  "m.onnx": bytesField(
    7,
    bytesField(
      5,
      Buffer.concat([
        varintField(1, 2),
        varintField(1, 3),
        varintField(2, 1),
        bytesField(9, floats),
      ]),
    ),
  ),
  "model.json": Buffer.from(JSON.stringify({ weightsManifest: manifest })),
  "m.safetensors.index.json": Buffer.from(
    JSON.stringify({ weight_map: { "../<b>": "m.safetensors" } }),
  ),
};
const BESIDE = { "a.bin": floats };

const look = (name: string, bytes: Uint8Array) =>
  inspected(name, { ...FILES, ...BESIDE, [name]: bytes });

describe.each(Object.entries(FILES))("%s", (name, file) => {
  test("is whole as it is", async () => {
    const { tensors, problems } = await look(name, file);
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([{ count: 6, zeros: 1, nonFinite: 2, maxAbs: 3 }]);
  });

  test("cut anywhere gives a sentence about it, or all of its values", async () => {
    for (let length = 0; length < file.length; length++) {
      const { tensors, problems } = await look(name, file.subarray(0, length));
      expect(tensors.length + problems.length, `after ${length} bytes`).toBeGreaterThan(0);
    }
  });

  test("with any bytes changed gives values or sentences, and never throws", async () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        await look(name, bytes);
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(["small.h5", "chunked.h5"])("%s", (fixture) => {
  const file = new Uint8Array(
    readFileSync(path.join(import.meta.dirname, "../../fixtures/weights", fixture)),
  );

  test("cut anywhere gives a sentence about it", async () => {
    for (let length = 0; length < file.length; length += 37) {
      const { problems } = await look("m.h5", file.subarray(0, length));
      expect(problems.length, `after ${length} bytes`).toBeGreaterThan(0);
    }
  });

  test("with any bytes changed gives values or sentences, and never throws", async () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        await look("m.h5", bytes);
      }),
      { numRuns: 300 },
    );
  });
});

test("any bytes under any name give a sentence", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(FILES)),
      fc.uint8Array({ maxLength: 100 }),
      async (name, bytes) => {
        const { tensors, problems } = await look(name, bytes);
        expect(tensors.length + problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});
