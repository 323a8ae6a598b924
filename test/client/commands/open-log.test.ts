import path from "node:path";
import { expect, test, vi } from "vitest";
import { openLog } from "../../../client/src/commands/open-log.ts";

test("openLog takes the run of the tree item", async () => {
  const openFile = vi.fn(async () => undefined);
  await openLog.run({ openFile }, { folder: "/r1" });
  expect(openFile).toHaveBeenCalledExactlyOnceWith(path.join("/r1", "log.txt"));
});

test.each([[undefined], ["text"], [{ folder: 7 }]])(
  "openLog ignores the argument %s",
  async (target) => {
    const openFile = vi.fn(async () => undefined);
    await openLog.run({ openFile }, target);
    expect(openFile).not.toHaveBeenCalled();
  },
);
