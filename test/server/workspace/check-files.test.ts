import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_PROJECT, type ProjectFacts } from "../../../server/src/project/project-facts.ts";
import {
  type CheckEnvironment,
  type CheckOutcome,
  checkBytes,
  checkFiles,
} from "../../../server/src/workspace/check-files.ts";
import type { Source } from "../../../server/src/workspace/read-source.ts";
import { selectionFinder } from "../../../server/src/workspace/selection-for-file.ts";
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

const selectionOf = selectionFinder(settingsFinder());

const check = (project: ProjectFacts, isCancelled?: () => boolean): CheckOutcome[] => [
  ...checkFiles(walkFiles([root]), { selectionOf, project }, isCancelled),
];

const BAD = "import numpy as np\n\ndef prune(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n";
const FIXED = BAD.replace("> t", "< t");

const fixing = (write: (file: string, source: Source) => void): CheckEnvironment => ({
  selectionOf,
  project: NO_PROJECT,
  fixing: { level: "safe", write },
});

describe("checkFiles()", () => {
  test("checks each file without its byte order mark", () => {
    for (const outcome of check(NO_PROJECT)) {
      expect(outcome).toMatchObject({ kind: "checked", source: { bom: "\uFEFF" } });
      const findings = outcome.kind === "checked" ? outcome.findings : [];
      expect(findings.map(({ code, span }) => [code, span.start])).toEqual([["NLC03", 14]]);
    }
  });

  test("a fault of our own is a problem of that file only", () => {
    const broken: ProjectFacts = {
      loaderOf(file) {
        if (file.endsWith("b.yaml")) throw new RangeError("broken");
        return undefined;
      },
    };
    const outcomes = check(broken);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["checked", "problem", "checked"]);
    expect(outcomes[1]).toMatchObject({ message: expect.stringContaining("RangeError: broken") });
  });

  test("fixes where that is asked for, and reports the file as it is then", () => {
    const written = new Map<string, Source>();
    const outcome = checkBytes("a.py", Buffer.from(BAD), fixing(written.set.bind(written)));
    expect(outcome).toMatchObject({ findings: [], fixedCount: 1, source: { text: FIXED } });
    expect(written).toEqual(new Map([["a.py", { text: FIXED, bom: "" }]]));
  });

  test("a file that cannot be written keeps its findings", () => {
    const refuse = () => {
      throw new Error("read-only file system");
    };
    const outcome = checkBytes("a.py", Buffer.from(BAD), fixing(refuse));
    expect(outcome).toMatchObject({
      findings: [{ code: "NL601" }],
      fixedCount: 0,
      source: { text: BAD },
      fault: "Cannot be written: read-only file system",
    });
  });

  test("stops between files when cancelled", () => {
    const answers = [false, false, true];
    expect(check(NO_PROJECT, () => answers.shift() ?? true)).toHaveLength(2);
  });
});
