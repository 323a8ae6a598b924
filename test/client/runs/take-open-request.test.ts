import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { takeOpenRequest } from "../../../client/src/runs/take-open-request.ts";

test("takeOpenRequest() is true once for a request and never without one", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "normlens-request-"));
  expect(await takeOpenRequest(root)).toBe(false);
  mkdirSync(path.join(root, ".normlens"));
  writeFileSync(path.join(root, ".normlens/open-run"), "");
  expect(await takeOpenRequest(root)).toBe(true);
  expect(await takeOpenRequest(root)).toBe(false);
});
