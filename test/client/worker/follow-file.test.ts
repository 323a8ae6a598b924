import { describe, expect, test } from "vitest";
import { followFile } from "../../../client/src/worker/follow-file.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { decodeToPage, type ToPage } from "../../../core/protocol/webview.ts";
import { createDifferenceKernels } from "../../../core/weights/difference/difference-kernels.ts";
import { openWeights } from "../../../core/weights/open-weights.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { npyOfNumbers } from "../../support/npy-of.ts";
import { weightPlace } from "../../support/weight-place.ts";
import { zipOf } from "../../support/zip-of.ts";

const FILE = encodeSafetensors([
  { name: "a.weight", dtype: "F32", shape: [2, 2], data: Float32Array.of(3, 0, 0, 4) },
  { name: "b", dtype: "F32", shape: [1], data: Float32Array.of(Number.NaN) },
]);

const OTHER = encodeSafetensors([
  { name: "a.weight", dtype: "F32", shape: [2, 2], data: Float32Array.of(3, 0, 4, 0) },
  { name: "b", dtype: "F32", shape: [2], data: Float32Array.of(1, 2) },
  { name: "gone", dtype: "F32", shape: [1], data: Float32Array.of(1) },
]);

type Deps = Parameters<typeof followFile>[0];

const PATH = "/m/w.safetensors";

/** A file under way; `seen` resolves with the first message that `pick` takes. */
function follow(bytes: Uint8Array, more: Partial<Deps> = {}) {
  const files: Readonly<Record<string, Uint8Array>> = { [PATH]: bytes, "/m/other": OTHER };
  const sent: ToPage[] = [];
  const opened: string[] = [];
  let arrived: () => void = () => undefined;
  const file = followFile({
    file: PATH,
    findSteps: () => Promise.resolve(undefined),
    partsOf: (path) => ["m", path.slice(3)],
    withFile: async (path, use) => {
      opened.push(path);
      const found = files[path] ?? new Uint8Array(0);
      return use(await openWeights(weightPlace(path, { [path]: found })), found.length);
    },
    createKernels: createScanKernels,
    createDifferenceKernels,
    send: (message) => {
      sent.push(message);
      arrived();
    },
    ...more,
  });
  async function seen<Type extends ToPage["type"]>(
    type: Type,
    pick: (message: Extract<ToPage, { type: Type }>) => boolean = () => true,
  ) {
    for (;;) {
      const found = sent.find(
        (message): message is Extract<ToPage, { type: Type }> =>
          message.type === type && pick(message as Extract<ToPage, { type: Type }>),
      );
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }
  return { file, sent, seen, opened };
}

describe("followFile()", () => {
  test("sends all tensors at once, then what they are like", async () => {
    const { sent, seen } = follow(FILE);
    const done = await seen("file/layers", ({ share }) => share === 1);
    expect(sent[0]).toMatchObject({
      type: "file/header",
      run: "/m/w.safetensors",
      file: { name: "w.safetensors", format: "safetensors", sizeBytes: FILE.length },
      layers: [
        { layer: "a.weight", isPending: true },
        { layer: "b", isPending: true },
      ],
    });
    expect(done.layers).toMatchObject([
      { layer: "a.weight", zeros: 2, l2: 5 },
      { layer: "b", nonFinite: 1 },
    ]);
    expect(done.layers[0]?.isPending).toBeUndefined();
  });

  test("sends the values of a tensor that is asked for, and its spectrum with its row", async () => {
    const { file, seen, opened } = follow(FILE);
    await seen("file/layers", ({ share }) => share === 1);
    file.request({ type: "weights/request-matrix", step: 0, layer: "a.weight" });
    expect((await seen("weights/matrix")).matrix).toMatchObject({ layer: "a.weight", inputs: 2 });
    const row = await seen("file/layers", ({ share }) => share === undefined);
    expect(row.layers[0]?.spectrum?.map((value) => value.toFixed(6))).toEqual([
      "4.000000",
      "3.000000",
    ]);
    // It is read from the file that was opened for the scan.
    expect(opened).toEqual([PATH]);
  });

  test("opens a packed file again for a tensor that is asked for", async () => {
    const array = npyOfNumbers([1, 2, 3, 4], [2, 2]);
    const { file, seen, opened } = follow(zipOf({ "w.npy": array }));
    await seen("file/layers", ({ share }) => share === 1);
    file.request({ type: "weights/request-matrix", step: 0, layer: "w" });
    await seen("weights/matrix");
    expect(opened).toEqual([PATH, PATH]);
  });

  test("tells how the values differ from those of another file", async () => {
    const against = "/m/other";
    const { sent, seen } = follow(FILE, { against });
    await seen("file/layers", ({ share }) => share === 1);
    expect(sent[0]).toMatchObject({ file: { against: "other" } });
    const rows = sent.flatMap((one) => (one.type === "file/layers" ? one.layers : []));
    expect(rows.findLast(({ layer }) => layer === "a.weight")).toMatchObject({
      l2: 5,
      change: { relative: Math.sqrt(32) / 5, equal: 2, zerosGained: 1, zerosLost: 1 },
    });
    expect(rows.findLast(({ layer }) => layer === "b")).toMatchObject({
      changeNote: "was 2",
    });
    const told = sent.flatMap((one) => (one.type === "run/problem" ? one.message : []));
    expect(told).toEqual(["Only in other: `gone`"]);
    expect(sent.every((one) => decodeToPage(one).ok)).toBe(true);
  });

  test("says why there is nothing to compare with", async () => {
    const against = "/m/empty";
    const { seen } = follow(FILE, { against });
    expect((await seen("run/problem")).message).toMatch(/^empty: it is no weight file/);
    await seen("file/layers", ({ share }) => share === 1);
  });

  test("shows the other files of its training when they are scrubbed to", async () => {
    const files = [
      { step: 10, path: "/m/other" },
      { step: 20, path: PATH },
    ];
    const findSteps = () => Promise.resolve({ word: "epoch", files });
    const { file, sent, seen } = follow(FILE, { findSteps });
    expect(await seen("file/header")).toMatchObject({
      run: PATH,
      file: { name: "w.safetensors", stepWord: "epoch" },
      steps: [10, 20],
      step: 20,
    });
    file.request({ type: "weights/request", step: 10 });
    expect(await seen("file/header", ({ step }) => step === 10)).toMatchObject({
      run: PATH,
      file: { name: "other" },
    });
    await seen("file/layers", ({ layers }) => layers.some(({ layer }) => layer === "gone"));
    file.request({ type: "weights/request-matrix", step: 10, layer: "a.weight" });
    expect((await seen("weights/matrix")).matrix.step).toBe(10);
    expect(sent.every((one) => decodeToPage(one).ok)).toBe(true);
  });

  test("names files of the same name with their folders", async () => {
    const { seen } = follow(FILE, {
      against: "/m/empty",
      partsOf: (path) => [path === PATH ? "new" : "old", "w.pt"],
    });
    expect((await seen("file/header")).file).toMatchObject({
      name: "new/w.pt",
      against: "old/w.pt",
    });
  });

  test("shows the file though its folder cannot be read", async () => {
    const { seen } = follow(FILE, { findSteps: () => Promise.reject(new Error("EACCES: /m")) });
    expect((await seen("run/problem")).message).toBe("Other steps: EACCES: /m");
    await seen("file/layers", ({ share }) => share === 1);
  });

  test("says why a file cannot be shown", async () => {
    const { seen } = follow(FILE.subarray(0, 20));
    const { file, layers } = await seen("file/header");
    expect(file.fault).toMatch(/truncated/);
    expect(layers).toEqual([]);
  });

  test("sends nothing more once it is closed", async () => {
    const { file, sent, seen } = follow(FILE);
    await seen("file/header");
    file.close();
    const count = sent.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toHaveLength(count);
  });

  test("tells that a file cannot be read", async () => {
    const { sent, seen } = follow(FILE, {
      withFile: () => Promise.reject(new Error("ENOENT: gone")),
    });
    await seen("run/problem");
    expect(sent).toEqual([{ type: "run/problem", run: PATH, message: "ENOENT: gone" }]);
  });
});
