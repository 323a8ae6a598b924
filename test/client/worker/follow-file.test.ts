import { describe, expect, test } from "vitest";
import { followFile } from "../../../client/src/worker/follow-file.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { openWeights } from "../../../core/weights/open-weights.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { weightPlace } from "../../support/weight-place.ts";

const FILE = encodeSafetensors([
  { name: "a.weight", dtype: "F32", shape: [2, 2], data: Float32Array.of(3, 0, 0, 4) },
  { name: "b", dtype: "F32", shape: [1], data: Float32Array.of(Number.NaN) },
]);

/** A file under way; `seen` resolves with the first message that `pick` takes. */
function follow(bytes: Uint8Array) {
  const sent: ToPage[] = [];
  let arrived: () => void = () => undefined;
  const file = followFile({
    file: { path: "/m/w.safetensors", name: "w.safetensors" },
    withFile: async (use) =>
      use(
        await openWeights(weightPlace("w.safetensors", { "w.safetensors": bytes })),
        bytes.length,
      ),
    createKernels: createScanKernels,
    send: (message) => {
      sent.push(message);
      arrived();
    },
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
  return { file, sent, seen };
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
    const { file, seen } = follow(FILE);
    await seen("file/layers", ({ share }) => share === 1);
    file.request({ type: "weights/request-matrix", step: 0, layer: "a.weight" });
    expect((await seen("weights/matrix")).matrix).toMatchObject({ layer: "a.weight", inputs: 2 });
    const row = await seen("file/layers", ({ share }) => share === undefined);
    expect(row.layers[0]?.spectrum?.map((value) => value.toFixed(6))).toEqual([
      "4.000000",
      "3.000000",
    ]);
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
    const told: ToPage[] = [];
    await new Promise<void>((resolve) => {
      followFile({
        file: { path: "/gone", name: "gone" },
        withFile: () => Promise.reject(new Error("ENOENT: gone")),
        createKernels: createScanKernels,
        send: (message) => {
          told.push(message);
          resolve();
        },
      });
    });
    expect(told).toEqual([{ type: "run/problem", run: "/gone", message: "ENOENT: gone" }]);
  });
});
