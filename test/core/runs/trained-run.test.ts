import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readExperiment } from "../../../client/src/runs/experiment-as-run.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { createRunReader } from "../../../core/runs/run-reader.ts";
import { noneBeside } from "../../support/none-beside.ts";
import { tinyRun } from "../../support/tiny-run.ts";

test("createRunReader() shows all of a run that the trainer wrote", async () => {
  const workspace = await fs.mkdtemp(path.join(tmpdir(), "normlens-trained-"));
  try {
    const folder = await tinyRun(workspace);
    const reader = createRunReader(
      {
        files: nodeRunFileSystem(fs),
        isAlive: () => Promise.resolve(true),
        readExperiment,
        readBeside: noneBeside,
        now: Date.now,
      },
      folder,
    );
    const messages: ToPage[] = [];
    for await (const message of reader.update()) messages.push(message);

    expect(messages).toMatchObject([
      { type: "run/header", run: { status: "finished", modalities: ["image", "text", "audio"] } },
      { type: "curves/window", runs: [{ key: "", reset: true }] },
      { type: "weights/snapshot" },
      {
        type: "embeddings/view",
        view: {
          dimension: 4,
          clouds: [{ modality: "image" }, { modality: "text" }, { modality: "audio" }],
          thumbnails: { width: 12, height: 12 },
        },
      },
    ]);
    const view = messages.find((message) => message.type === "embeddings/view")?.view;
    const header = messages.find((message) => message.type === "run/header")?.run;
    // The page and the metrics file tell the same: one measure, computed in two processes.
    for (const { from, to, recall5 } of view?.retrieval ?? []) {
      const logged = ["validation", "test"].map((part) => {
        return header?.final[`${part}/recall@5/${from}_to_${to}`];
      });
      expect(logged).toContain(recall5);
    }
  } finally {
    await fs.rm(workspace, { recursive: true });
  }
}, 120_000);
