import { expect, test, vi } from "vitest";
import { checkWorkspace } from "../../../client/src/commands/check-workspace.ts";

test("checkWorkspace asks the host once", async () => {
  const asked = vi.fn(async () => undefined);
  await checkWorkspace.run({ checkWorkspace: asked });
  expect(asked).toHaveBeenCalledOnce();
});
