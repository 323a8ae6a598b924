import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { viewBeside } from "../../../client/src/worker/view-beside.ts";
import type { ViewMessage } from "../../../core/runs/views-beside.ts";

const home = mkdtempSync(path.join(tmpdir(), "normlens-view-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The last that is told of a view which a thread with that code is to make. */
function outcome(code: string): Promise<ViewMessage> {
  const script = path.join(home, "thread.cjs");
  writeFileSync(script, `const { parentPort } = require("node:worker_threads");\n${code}`);
  return new Promise((resolve) => {
    let told: ViewMessage | undefined;
    const read = viewBeside({
      script,
      folder: home,
      onNews() {
        if (told?.type === "embeddings/no-view") resolve(told);
      },
    });
    const wanted = { run: "r", steps: [7], at: { step: 7, epoch: 0, modalities: [] } };
    read(wanted, (message) => {
      told = message;
    });
  });
}

test.each([
  ["fails", "throw new Error('out of order')", "out of order"],
  ["ends", "process.exit(3)", "its thread ended with code 3"],
  [
    "sends what is no view",
    "parentPort.postMessage({ type: 'tab/show', tab: 'curves' })",
    "its thread sent tab/show",
  ],
  [
    "sends what nobody knows",
    "parentPort.postMessage({ type: 'nonsense' })",
    'the value should be a message that is known, found "nonsense"',
  ],
])(
  "viewBeside() tells of a thread that %s as a step that cannot be read",
  async (_name, code, why) => {
    expect(await outcome(code)).toEqual({
      type: "embeddings/no-view",
      run: "r",
      step: 7,
      reason: `The embeddings of step 7 cannot be read: ${why}`,
    });
  },
);
