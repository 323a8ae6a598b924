import { expect, test } from "vitest";
import { runView } from "../../../client/src/worker/run-view.ts";
import { decodeToPage } from "../../../core/protocol/webview.ts";
import type { ViewMessage } from "../../../core/runs/views-beside.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { embeddingBytes } from "../../support/run-files.ts";

const FOLDER = "w/20261121-101500-run";

/** What is sent for a step of 600 pairs when every look at the clock finds `passedMs` more. */
async function sent(step: number, passedMs: number, items = ""): Promise<ViewMessage[]> {
  const files = memoryRunFiles({ [`${FOLDER}/embeddings/items.jsonl`]: items });
  files.write(`${FOLDER}/embeddings/step-00000010.safetensors`, embeddingBytes(600, 20));
  const messages: ViewMessage[] = [];
  let time = 0;
  await runView(
    {
      type: "view",
      folder: FOLDER,
      wanted: { run: "r", steps: [10], at: { step, epoch: 2, modalities: ["text"] } },
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
  for (const message of messages) expect(decodeToPage(message)).toMatchObject({ ok: true });
  return messages;
}

test("runView() sends how far the work has come each 200 ms, and the view", async () => {
  const messages = await sent(10, 100);
  expect(messages.at(-1)).toMatchObject({
    type: "embeddings/view",
    run: "r",
    steps: [10],
    view: { step: 10, epoch: 2, clouds: [{ modality: "text" }, { modality: "image" }] },
  });
  const shares = messages.slice(0, -1).map((message) => {
    if (message.type !== "embeddings/reading") throw new TypeError(`Got ${message.type}`);
    return message.share;
  });
  expect(shares.length).toBeGreaterThan(5);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...shares)).toBeLessThan(1);
  expect(await sent(10, 0)).toHaveLength(1);
});

test("runView() says what could not be read beside the view, as often as a reader takes it", async () => {
  const messages = await sent(10, 0, "{}\n".repeat(1000));
  expect(messages).toHaveLength(21);
  expect(messages[0]).toMatchObject({
    type: "run/problem",
    message: "embeddings/items.jsonl line 1: row should be a whole number from 0, found nothing",
  });
  expect(messages.at(-1)?.type).toBe("embeddings/view");
});

test("runView() says why there is no view", async () => {
  expect(await sent(11, 0)).toEqual([
    {
      type: "embeddings/no-view",
      run: "r",
      step: 11,
      reason: "embeddings/step-00000011.safetensors is missing",
    },
  ]);
});
