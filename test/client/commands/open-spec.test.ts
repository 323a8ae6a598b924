import path from "node:path";
import { expect, test, vi } from "vitest";
import { openSpec } from "../../../client/src/commands/open-spec.ts";

test("openSpec takes the run of the tree item", async () => {
  const openFile = vi.fn(async () => undefined);
  await openSpec.run({ openFile }, { folder: "/r1" });
  expect(openFile).toHaveBeenCalledExactlyOnceWith(path.join("/r1", "spec.yaml"));
});

test.each([[undefined], ["text"], [{ folder: 7 }]])(
  "openSpec ignores the argument %s",
  async (target) => {
    const openFile = vi.fn(async () => undefined);
    await openSpec.run({ openFile }, target);
    expect(openFile).not.toHaveBeenCalled();
  },
);
