import { expect, test, vi } from "vitest";
import { copyExperiment } from "../../../client/src/commands/copy-experiment.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

test("copyExperiment copies the text as it ran and names what was set", async () => {
  const run = runListEntry({ folder: "/r" }, { set: ["training.epochs=2"] });
  const copyText = vi.fn(async () => undefined);
  const inform = vi.fn();
  await copyExperiment.run(
    {
      runs: async () => [run],
      pickRun: async () => undefined,
      experimentText: async ({ folder }) => `of ${folder}`,
      copyText,
      inform,
    },
    { folder: "/r" },
  );
  expect(copyText).toHaveBeenCalledExactlyOnceWith("of /r");
  expect(inform.mock.calls[0]?.[0]).toContain("with training.epochs=2 in place");
});
