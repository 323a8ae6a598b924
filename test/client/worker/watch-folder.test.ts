import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { watchFolder } from "../../../client/src/worker/watch-folder.ts";

test("watchFolder() tells of a new file, and of nothing in a folder that is not there", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-watch-"));
  const changed = new Promise<void>((resolve) => {
    const stop = watchFolder(folder, () => {
      stop();
      resolve();
    });
  });
  writeFileSync(path.join(folder, "metrics.jsonl"), "1\n");
  await changed;
  rmSync(folder, { recursive: true });

  const stop = watchFolder(folder, () => expect.fail("called for a missing folder"));
  stop();
});
