import { expect, test, vi } from "vitest";
import { revealRun } from "../../../client/src/commands/reveal-run.ts";

test("revealRun takes the run of the tree item", async () => {
  const reveal = vi.fn(async () => undefined);
  await revealRun.run({ reveal }, { folder: "/r1" });
  expect(reveal).toHaveBeenCalledExactlyOnceWith("/r1");
});

test.each([[undefined], ["text"], [{ folder: 7 }]])(
  "revealRun ignores the argument %s",
  async (target) => {
    const reveal = vi.fn(async () => undefined);
    await revealRun.run({ reveal }, target);
    expect(reveal).not.toHaveBeenCalled();
  },
);
