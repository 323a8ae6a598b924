import { expect, test } from "vitest";
import { runProjection } from "../../../client/src/worker/run-projection.ts";
import type { EmbeddingsToPage, ProjectionKind } from "../../../core/protocol/panel/embeddings.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { embeddingBytes, recordText } from "../../support/run-files.ts";

const FOLDER = "w/20261121-101500-run";

/** What is sent for a step of 60 pairs when every look at the clock finds `passedMs` more. */
async function sent(kind: Partial<ProjectionKind>, passedMs: number): Promise<EmbeddingsToPage[]> {
  const files = memoryRunFiles({ [`${FOLDER}/run.json`]: recordText({ id: "named" }) });
  files.write(`${FOLDER}/embeddings/step-00000010.safetensors`, embeddingBytes(60, 20));
  const messages: EmbeddingsToPage[] = [];
  let time = 0;
  await runProjection(
    {
      type: "projection",
      folder: FOLDER,
      kind: { step: 10, method: "umap", isGapRemoved: false, ...kind },
    },
    {
      files,
      now() {
        time += passedMs;
        return time;
      },
      send: (message) => messages.push(message),
    },
  );
  return messages;
}

const sharesOf = (messages: readonly EmbeddingsToPage[]) =>
  messages.map((message) =>
    message.type === "embeddings/projection" ? message.projection.share : message.type,
  );

test("runProjection() sends the start, a picture each 200 ms, and the end", async () => {
  expect(sharesOf(await sent({}, 0))).toEqual([0, 1]);
  const shares = sharesOf(await sent({}, 10));
  // Some 500 epochs of 10 ms.
  expect(shares.length).toBeGreaterThan(20);
  expect(shares.length).toBeLessThan(30);
  expect(shares).toEqual(shares.toSorted());
  expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
});

test("runProjection() sends a PCA once, with the run's name", async () => {
  const messages = await sent({ method: "pca" }, 0);
  expect(sharesOf(messages)).toEqual([1]);
  expect(messages[0]?.run).toBe("named");
});

test("runProjection() says why there is no picture", async () => {
  expect(await sent({ step: 11 }, 0)).toEqual([
    {
      type: "embeddings/no-projection",
      run: "named",
      kind: { step: 11, method: "umap", isGapRemoved: false },
      reason: "embeddings/step-00000011.safetensors is missing",
    },
  ]);
});
