import { expect, test } from "vitest";
import { transferables } from "../../../client/src/worker/transferables.ts";
import { embeddingView } from "../../../core/runs/embedding-view.ts";

test("transferables() names every buffer of a message once", () => {
  const tensor = (name: string) =>
    ({ name, dtype: "F32", shape: [2, 1], data: Float32Array.of(1, 2) }) as const;
  const view = embeddingView({
    step: 1,
    epoch: 0,
    tensors: [tensor("image"), tensor("text")],
    modalities: [],
    items: [],
    thumbnails: { width: 1, height: 1, rgb: new Uint8Array(3) },
  });
  if (typeof view === "string") throw new TypeError(view);
  const message = { type: "embeddings/view", run: "r", steps: [1], view } as const;
  // Rows and places of two clouds, cosines and ranks of two directions, four columns of items, the thumbnails.
  const buffers = transferables(message);
  expect(buffers).toHaveLength(2 * 2 + 2 * 2 + 4 + 1);
  expect(structuredClone(message, { transfer: buffers })).toMatchObject({
    view: { clouds: [{ rows: Int32Array.of(0, 1) }, {}] },
  });
  expect(view.clouds[0]?.rows).toHaveLength(0);
  expect(transferables({ type: "tab/show", tab: "curves" })).toEqual([]);
});
