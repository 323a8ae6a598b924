import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { CommandIo } from "../../../cli/src/command.ts";
import { train } from "../../../cli/src/commands/train.ts";
import { recordedIo } from "../../support/command-io.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../../support/small-experiment.ts";

const ESCAPE = "\u001B";

async function run(
  args: readonly string[],
  { text = SMALL_EXPERIMENT, ...changes }: Partial<CommandIo> & { readonly text?: string } = {},
) {
  const { folder } = smallWorkspace(text);
  const io = recordedIo({ cwd: folder, ...changes });
  const code = await train.run(args, io);
  return { code, folder, ...io.written };
}

describe("normlens train", () => {
  test("prints one line per epoch into a pipe, then what came out beside chance", async () => {
    const { code, out, error, folder } = await run(["small.normlens.yaml"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    for (const control of ["\r", ESCAPE]) expect(out).not.toContain(control);
    expect(out.match(/^Epoch \d\/2 .*validation accuracy .*%/gm)).toHaveLength(3);
    expect(out).toMatch(/^Finished after \d+:\d\d on wasm \(/m);
    expect(out).toMatch(/test accuracy +\d+\.\d % +chance 16\.7 %/);
    // Twelve pairs in the test part.
    expect(out).toMatch(/test recall@1 image → text +\d+\.\d % +chance 8\.3 %/);
    expect(out).toMatch(/^Exact zeros: \d+\.\d % of \d+ weights under an L1 penalty$/m);
    expect(out).toMatch(/image\.fc1\.weight +\d+\.\d % +0\.005·‖w‖₁/);
    const [id] = readdirSync(path.join(folder, ".normlens", "runs"));
    expect(out).toContain(`Run folder: .normlens/runs/${id}\n`);
  });

  test("draws a bar in a terminal, on one line that is never too long", async () => {
    const { code, out } = await run(["small.normlens.yaml"], { isTerminal: true, columns: 90 });
    expect(code).toBe(0);
    const bars = out.split("\r").filter((line) => /[█░]/.test(line));
    expect(bars.length).toBeGreaterThan(0);
    for (const bar of bars) {
      const line = bar.replaceAll(`${ESCAPE}[2K`, "").split("\n")[0];
      expect(line?.length).toBeLessThan(90);
    }
    expect(out).toMatch(
      /100 % {2}epoch 2\/2 {2}step 6\/6 {2}loss \S+ {2}\d+ samples\/s {2}0:00 left/,
    );
    expect(out).toContain("Finished after");
  });

  test("goes on with an interrupted run, and takes nothing beside it that would change it", async () => {
    const { folder, out } = await run(["small.normlens.yaml", "--quiet"]);
    const file = path.join(out.trim(), "run.json");
    const record = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...record, status: "cancelled" }));
    const resume = async (...args: readonly string[]) => {
      const io = recordedIo({ cwd: folder });
      return { code: await train.run(["--resume", out.trim(), ...args], io), ...io.written };
    };
    for (const [args, message] of [
      [["--set", "training.epochs=5"], "leave out --set"],
      [["--backend", "cpu"], "leave out --backend"],
      [["small.normlens.yaml"], "leave out small.normlens.yaml"],
    ] as const) {
      const refused = await resume(...args);
      expect(refused.code).toBe(2);
      expect(refused.error).toContain(message);
    }
    const resumed = await resume();
    expect(resumed.code).toBe(0);
    expect(resumed.out).toContain(path.basename(out.trim()));
    expect((await resume()).error).toContain("has finished, there is nothing left to train");
  });

  test("prints the sparsity curve", async () => {
    const text = `${SMALL_EXPERIMENT}sparsity_curve: { fractions: [0, 0.5] }\n`;
    const { out } = await run(["small.normlens.yaml"], { text });
    expect(out).toMatch(/^Sparsity curve:$/m);
    expect(out).toMatch(/50\.0 % pruned +50\.\d % zeros +test accuracy +\d+\.\d % +loss /);
  });

  test("prints nothing but events as JSON lines with --json", async () => {
    const { code, out } = await run([
      "small.normlens.yaml",
      "--json",
      "--set",
      "training.epochs=1",
    ]);
    expect(code).toBe(0);
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ type: "finished", status: "finished" });
    expect(existsSync(path.join(events.at(-1).run, "run.json"))).toBe(true);
    expect(events.at(-1)).not.toHaveProperty("isRefused");
  });

  test("prints the run folder alone with --quiet, made where --out says", async () => {
    const { out, folder } = await run([
      "small.normlens.yaml",
      "--quiet",
      "--out",
      "kept",
      "--backend",
      "cpu",
    ]);
    const [id] = readdirSync(path.join(folder, "kept"));
    expect(out).toBe(`${path.join(folder, "kept", String(id))}\n`);
    expect(existsSync(path.join(folder, ".normlens"))).toBe(false);
  });

  test("ends with 1 and a cancelled run when it is interrupted", async () => {
    const interruption = new AbortController();
    let out = "";
    const { code } = await run(["small.normlens.yaml"], {
      signal: interruption.signal,
      out: (text) => {
        out += text;
        if (text.startsWith("Epoch 1/")) interruption.abort();
      },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^Cancelled after /m);
  });

  test("ends with 1 and no folder when it is interrupted before there is one", async () => {
    const { code, error, folder } = await run(["small.normlens.yaml"], {
      signal: AbortSignal.abort(),
    });
    expect({ code, error }).toEqual({
      code: 1,
      error: "Cancelled before there was a run folder\n",
    });
    expect(existsSync(path.join(folder, ".normlens"))).toBe(false);
  });

  test("ends with 1 and the reason when the run fails", async () => {
    const { code, error } = await run([
      "small.normlens.yaml",
      ...["training.learning_rate=100", "training.optimizer=sgd", "training.epochs=20"].flatMap(
        (set) => ["--set", set],
      ),
    ]);
    expect(code).toBe(1);
    expect(error).toMatch(
      /^Loss is .*step \d+, epoch \d+\); the last good weights are in weights\/step-\d+\.safetensors\n$/,
    );
  });

  test.each([
    ["no file", [], "name an experiment file"],
    ["two files", ["a.yaml", "b.yaml"], "one experiment file at a time"],
    ["an unknown option", ["a.yaml", "--fast"], "--fast"],
    ["the option of a sweep", ["a.yaml", "--vary", "data.seed=1,2"], "normlens sweep"],
    ["a file that is not there", ["none.yaml"], "Cannot read none.yaml"],
    [
      "a refused value",
      ["small.normlens.yaml", "--set", "training.epochs=0"],
      "--set training.epochs=0: ",
    ],
    ["an unknown backend", ["small.normlens.yaml", "--backend", "abacus"], "abacus"],
  ])("ends with 2 at %s", async (_name, args, message) => {
    const { code, out, error } = await run(args);
    expect(code).toBe(2);
    expect(error).toContain(message);
    expect(out).toBe("");
  });

  test("names file, line and column of a refused value", async () => {
    const text = SMALL_EXPERIMENT.replace("epochs: 2", "epochs: 0");
    expect((await run(["small.normlens.yaml"], { text })).error).toMatch(
      /^small\.normlens\.yaml:9:\d+: /,
    );
  });
});
