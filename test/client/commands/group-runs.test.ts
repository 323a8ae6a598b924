import { expect, test, vi } from "vitest";
import { groupRuns } from "../../../client/src/commands/group-runs.ts";
import { parseArrangement } from "../../../client/src/runs/runs-arrangement.ts";

const ask = async (picked: string | undefined) => {
  const pickOption = vi.fn(async () => picked);
  const arrange = vi.fn(async () => undefined);
  const arrangement = () => parseArrangement({ group: "sweep" });
  await groupRuns.run({ arrangement, arrange, pickOption });
  return { pickOption, arrange };
};

test("groupRuns groups by what is picked, among all groupings with the current one marked", async () => {
  const { pickOption, arrange } = await ask("Experiment");
  expect(pickOption).toHaveBeenCalledWith(
    "Group Runs By",
    ["Date", "Status", "Experiment", "Sweep", "None"],
    "Sweep",
  );
  expect(arrange).toHaveBeenCalledExactlyOnceWith({ group: "experiment" });
});

test("groupRuns changes nothing after Escape", async () => {
  expect((await ask(undefined)).arrange).not.toHaveBeenCalled();
});
