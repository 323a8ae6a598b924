import { describe, expect, test, vi } from "vitest";
import { finerSweep } from "../../../client/src/commands/finer-sweep.ts";
import { runDetail, runListEntry } from "../../support/run-list-entry.ts";

const path = [{ lambda: 0.1, mean: 1, se: 0.1, non_zeros: 3 }];
const selection = { lambda: 0.1, rule: "one_se", path };
const set = ["training.seed=2", "select.lambda.path=30"];
const chose = runListEntry({ folder: "/r1" }, { selection, set });
const fixed = runListEntry({ folder: "/r2" });

const deps = (changes = {}) => ({
  isTrusted: () => true,
  runs: async () => [chose, fixed],
  details: async () => [{ run: chose, detail: runDetail({}, { selection }) }],
  pickRun: vi.fn(async () => chose),
  experimentOf: async () => ({ file: "/w/a.yaml", state: "same" as const }),
  confirm: vi.fn(async () => false),
  train: vi.fn(async (_file: string, _set?: readonly string[]) => undefined),
  inform: vi.fn(),
  ...changes,
});

function trained(given: ReturnType<typeof deps>): { set: readonly string[]; lambdas: number[] } {
  const [file, values = []] = given.train.mock.calls[0] ?? [];
  expect(file).toBe("/w/a.yaml");
  const list = values.at(-1)?.replace("select.lambda=", "") ?? "";
  return { set: values.slice(0, -1), lambdas: JSON.parse(list) };
}

describe("finerSweep", () => {
  test("trains again with λ from end to end of the panel's range, the other values kept", async () => {
    const given = deps();
    await finerSweep.run(given, { folder: "/r1", low: 0.05, high: 0.4 });
    const { set: values, lambdas } = trained(given);
    expect(values).toEqual(["training.seed=2"]);
    expect([lambdas[0], lambdas.at(-1), lambdas.length]).toEqual([0.4, 0.05, 25]);
    for (const [index, lambda] of lambdas.slice(1).entries()) {
      // Evenly on a logarithmic axis: 8^(1/24) from one to the next.
      expect((lambdas[index] ?? 0) / lambda).toBeCloseTo(8 ** (1 / 24), 4);
    }
  });

  test("tries the λ of the least error too where it lies outside, for the rule counts from it", async () => {
    const given = deps();
    await finerSweep.run(given, { folder: "/r1", low: 0.2, high: 0.4 });
    const { lambdas } = trained(given);
    expect([lambdas[0], lambdas[24], lambdas[25], lambdas.length]).toEqual([0.4, 0.2, 0.1, 26]);
  });

  test("looks around the chosen λ where no range is named", async () => {
    const given = deps();
    await finerSweep.run(given);
    expect(given.pickRun).toHaveBeenCalledWith([chose], expect.any(String));
    const { lambdas } = trained(given);
    expect([lambdas[0], lambdas[12], lambdas.at(-1)]).toEqual([0.2, 0.1, 0.05]);
  });

  test.each([
    ["an untrusted workspace", { isTrusted: () => false }, "trusted"],
    ["no run with a path", { runs: async () => [fixed] }, "from a path"],
    [
      "a file that is gone",
      { experimentOf: async () => ({ file: "/w/a.yaml", state: "gone" as const }) },
      "is gone",
    ],
  ])("says why not: %s", async (_name, changes, text) => {
    const given = deps(changes);
    await finerSweep.run(given, { folder: "/r1" });
    expect(given.inform).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(text));
    expect(given.train).not.toHaveBeenCalled();
  });

  test("asks first where the file has changed", async () => {
    const experimentOf = async () => ({ file: "/w/a.yaml", state: "changed" as const });
    const given = deps({ experimentOf });
    await finerSweep.run(given, { folder: "/r1" });
    expect(given.confirm).toHaveBeenCalledTimes(1);
    expect(given.train).not.toHaveBeenCalled();
  });
});
