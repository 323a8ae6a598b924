import { expect, test, vi } from "vitest";
import { showLogs } from "../../../client/src/commands/show-logs.ts";

test("showLogs asks the host once", async () => {
  const asked = vi.fn(async () => undefined);
  await showLogs.run({ showLogs: asked });
  expect(asked).toHaveBeenCalledOnce();
});
