import { describe, expect, test } from "vitest";
import { sweep } from "../../../cli/src/commands/sweep.ts";
import { recordedIo } from "../../support/command-io.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../../support/small-experiment.ts";

async function run(...args: readonly string[]) {
  const { folder } = smallWorkspace(SMALL_EXPERIMENT);
  const io = recordedIo({ cwd: folder });
  return { code: await sweep.run(args, io), ...io.written };
}

describe("normlens sweep", () => {
  test("trains trials of keys that the command line names and prints their table", async () => {
    const { code, out, error } = await run(
      "small.normlens.yaml",
      "--vary",
      "penalty.0.lambda=1e-4..1e-2:log:2",
      "--vary=training.batch_size=16,24",
      "--set",
      "sweep.halving={ eta: 2, min_epochs: 1 }",
    );
    expect({ code, error }).toEqual({ code: 0, error: "" });
    expect(out).toContain("Trial 1/4  penalty.0.lambda=0.0001  training.batch_size=16  epoch 1  ");
    expect(out.match(/^Trial \d\/4 .* epoch 2 /gm)).toHaveLength(2);
    const table = out.slice(out.indexOf("trial  with"));
    expect(table).toMatch(/^\d \* .* 2 +\d\.\d+ +finished +\S+-small-shapes-trial-\d$/m);
    expect(table.match(/ eliminated /g)).toHaveLength(2);
    expect(out).toMatch(/test accuracy .* chance 16\.7 %/);
  });

  test("--json gives an event for every trial and rung", async () => {
    const { code, out } = await run("small.normlens.yaml", "--json", "--vary", "data.seed=[1, 2]");
    expect(code).toBe(0);
    const events = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const trials = events.filter(({ type }) => type === "trial");
    expect(trials).toMatchObject([
      { number: 1, trials: 2, set: ["data.seed=1"], epochs: 2, status: "finished" },
      { number: 2, trials: 2, set: ["data.seed=2"], epochs: 2, status: "finished" },
    ]);
    expect(events.at(-1)).toMatchObject({ type: "finished", status: "finished" });
  });

  test.each([
    [["small.normlens.yaml"], "no key is named whose values should differ"],
    [["small.normlens.yaml", "--vary", "data.seed"], "--vary data.seed: expected key=VALUES"],
    [["small.normlens.yaml", "--vary", "a=1..2:lin"], "--vary a=1..2:lin: expected key=VALUES"],
    [["small.normlens.yaml", "--vary", "data.seed=3..1"], "1 is not above low, 3"],
    [["--vary", "data.seed=1"], "name an experiment file"],
    [["--resume", "r", "--vary", "data.seed=1"], "leave out --vary"],
    [["small.normlens.yaml", "--fast"], "--fast"],
  ])("%j is refused", async (args, message) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
