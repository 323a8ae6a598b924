import { expect, test, vi } from "vitest";
import { refreshRuns } from "../../../client/src/commands/refresh-runs.ts";

test("refreshRuns asks the host once", async () => {
  const asked = vi.fn(async () => undefined);
  await refreshRuns.run({ refreshRuns: asked });
  expect(asked).toHaveBeenCalledOnce();
});
