import { describe, expect, test } from "vitest";
import { gatherReport } from "../../../cli/src/check/check-inputs.ts";
import { checkOptions } from "../../../cli/src/check/check-options.ts";
import { selectRules } from "../../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { checkSource } from "../../../server/src/workspace/check-files.ts";
import { settingsFinder } from "../../../server/src/workspace/settings-finder.ts";

const BAD = "import numpy as np\n\ndef prune(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n";
const ENVIRONMENT = {
  finder: settingsFinder(),
  project: NO_PROJECT,
  override: () => selectRules({}),
};

const outcomeOf = (path: string) => checkSource(path, { text: BAD, bom: "" }, ENVIRONMENT);

function optionsOf(...args: readonly string[]) {
  const options = checkOptions(args);
  if (options instanceof Error) throw options;
  return options;
}

describe("gatherReport()", () => {
  test("writes what it fixed, and reports it as it is then", async () => {
    const written = new Map<string, string>();
    const report = await gatherReport([outcomeOf("/w/a.py")], optionsOf("--fix"), "/w", (file) => {
      written.set(file.path, file.source.text);
      return Promise.resolve();
    });
    expect(written).toEqual(new Map([["/w/a.py", BAD.replace("> t", "< t")]]));
    expect(report).toMatchObject({ files: [], checkedCount: 1, fixedCount: 1, problems: [] });
  });

  test("a file that cannot be written keeps its findings, and the next is fixed", async () => {
    const outcomes = [outcomeOf("/w/a.py"), outcomeOf("/w/b.py")];
    const report = await gatherReport(outcomes, optionsOf("--fix"), "/w", ({ path }) =>
      path === "/w/a.py" ? Promise.reject(new Error("read-only file system")) : Promise.resolve(),
    );
    expect(report.files.map(({ path, text }) => ({ path, text }))).toEqual([
      { path: "a.py", text: BAD },
    ]);
    expect(report).toMatchObject({
      checkedCount: 2,
      fixedCount: 1,
      problems: [{ path: "a.py", message: "Cannot be written: read-only file system" }],
    });
  });

  test("writes nothing unless asked", async () => {
    const report = await gatherReport([outcomeOf("/w/a.py")], optionsOf(), "/w", () =>
      Promise.reject(new Error("written")),
    );
    expect(report).toMatchObject({ fixedCount: 0, problems: [] });
  });

  test("counts what is milder than asked for", async () => {
    const outcome = outcomeOf("/w/a.py");
    if (outcome.kind !== "checked") throw new Error(outcome.message);
    const findings = outcome.findings.map((finding) => ({ ...finding, severity: "hint" as const }));
    const report = await gatherReport([{ ...outcome, findings }], optionsOf(), "/w", () =>
      Promise.resolve(),
    );
    expect(report).toMatchObject({ files: [], hidden: ["hint"] });
  });
});
