import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { launchTrainer } from "../../../client/src/training/launch-trainer.ts";
import type { TrainerEvent } from "../../../core/protocol/trainer.ts";

/** Runs `source` as the trainer process, as another program than ours would be launched. */
function launch(source: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-launch-"));
  const script = path.join(folder, "process.cjs");
  writeFileSync(script, source);
  const events: TrainerEvent[] = [];
  const output: string[] = [];
  const child = launchTrainer({
    script,
    request: { spec: "a.yaml", workspace: folder },
    onEvent: (event) => events.push(event),
    onOutput: (text) => output.push(text),
  });
  return { child, events, output };
}

const FINISHED = '{ type: "finished", run: "", status: "finished", final: {} }';

describe("launchTrainer()", () => {
  test("hands over the request and forwards events, in order", async () => {
    const { child, events } = launch(`
      process.send({ type: "message", level: "info", text: JSON.parse(process.argv[2]).spec });
      process.send(${FINISHED}, () => process.exit(0));
    `);
    expect(await child.exit).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(["message", "finished"]);
    expect(events[0]).toMatchObject({ text: "a.yaml" });
  });

  test("passes on what is no event as output", async () => {
    const { child, events, output } = launch(
      `process.send({ type: "unheard" }); console.error("no memory"); process.exitCode = 3; process.disconnect();`,
    );
    expect(await child.exit).toBe(3);
    expect(events).toEqual([]);
    expect(output.join("")).toContain("no memory");
  });

  test("cancel() asks first", async () => {
    const { child } = launch(`
      process.on("message", ({ type }) => process.exit(type === "cancel" ? 7 : 1));
    `);
    child.cancel();
    expect(await child.exit).toBe(7);
  });

  test("says why a process could not be started", async () => {
    const output: string[] = [];
    const child = launchTrainer({
      script: "x.cjs",
      request: { spec: "a", workspace: path.join(tmpdir(), "normlens-no-such-folder") },
      onEvent: () => expect.unreachable(),
      onOutput: (text) => output.push(text),
    });
    expect(await child.exit).toBe(1);
    expect(output.join("")).toContain("could not be started");
  });
});
