import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_PROJECT, type ProjectFacts } from "../../../server/src/project/project-facts.ts";
import { type CheckOutcome, checkFiles } from "../../../server/src/workspace/check-files.ts";
import { settingsFinder } from "../../../server/src/workspace/settings-finder.ts";
import { walkFiles } from "../../../server/src/workspace/walk-files.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "normlens-files-"));
  for (const name of ["a.yaml", "b.yaml", "c.yaml"]) {
    await writeFile(path.join(root, name), "\uFEFFlora_dropout: 5\n");
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function check(project: ProjectFacts, isCancelled?: () => boolean): Promise<CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  const environment = { finder: settingsFinder(), project };
  for await (const outcome of checkFiles(walkFiles([root]), environment, isCancelled)) {
    outcomes.push(outcome);
  }
  return outcomes;
}

describe("checkFiles()", () => {
  test("checks each file without its byte order mark", async () => {
    for (const outcome of await check(NO_PROJECT)) {
      expect(outcome).toMatchObject({ kind: "checked", source: { bom: "\uFEFF" } });
      const findings = outcome.kind === "checked" ? outcome.findings : [];
      expect(findings.map(({ code, span }) => [code, span.start])).toEqual([["NLC03", 14]]);
    }
  });

  test("a fault of our own is a problem of that file only", async () => {
    const broken: ProjectFacts = {
      loaderOf(file) {
        if (file.endsWith("b.yaml")) throw new RangeError("broken");
        return undefined;
      },
    };
    const outcomes = await check(broken);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["checked", "problem", "checked"]);
    expect(outcomes[1]).toMatchObject({ message: expect.stringContaining("RangeError: broken") });
  });

  test("stops between files when cancelled", async () => {
    const answers = [false, false, true];
    expect(await check(NO_PROJECT, () => answers.shift() ?? true)).toHaveLength(2);
  });
});
