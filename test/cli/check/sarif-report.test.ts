import { Validator } from "@cfworker/json-schema";
import { describe, expect, test } from "vitest";
import { sarifReport } from "../../../cli/src/check/sarif-report.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { elsewhere } from "../../support/elsewhere.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";
import { SARIF_SCHEMA } from "../../support/sarif-schema.ts";

const TEXT = "s = '😀'; w > t\nt = 1\n";

function finding(): Finding {
  const start = TEXT.indexOf(">");
  return {
    ...findingOf(TEXT, "w > t", [
      {
        title: "Use `<`",
        safety: "safe",
        edits: [{ span: { start, end: start + 1 }, newText: "<" }],
      },
      {
        title: "Drop it",
        safety: "unsafe",
        edits: [{ span: { start, end: start + 1 }, newText: "" }],
      },
    ]),
    related: [
      { span: { start: TEXT.indexOf("t = 1"), end: TEXT.length - 1 }, message: "Set here." },
    ],
  };
}

interface Log {
  readonly runs: readonly [
    {
      readonly columnKind: string;
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    },
  ];
}

const logOf = (...parameters: Parameters<typeof reportOf>): Log =>
  JSON.parse(sarifReport(reportOf(...parameters), "1.2.3"));

describe("sarifReport()", () => {
  const validator = new Validator(SARIF_SCHEMA, "7");

  test.each([
    ["findings", [finding()], {}],
    ["no findings", [], {}],
    ["a path with blanks and marks", [finding()], { path: "my models/a#1?.py" }],
    ["an absolute path", [finding()], { path: "/data/a.py" }],
    [
      "a place in another file",
      [{ ...finding(), related: [elsewhere("a b.json", "{}", "{", "There.")] }],
      {},
    ],
    ["problems", [], { problems: [{ path: "gone.py", message: "Cannot be read" }] }],
  ])("is valid SARIF 2.1.0 with %s", (_name, findings, changes) => {
    const { valid, errors } = validator.validate(logOf(TEXT, findings, changes));
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  test("the schema refuses what SARIF refuses", () => {
    const log = logOf(TEXT, [finding()]);
    const [run] = log.runs;
    for (const wrong of [
      { ...log, version: "2.0.0" },
      { ...log, runs: [{ ...run, results: [{ ruleId: "NL601" }] }] },
      { ...log, runs: [{ ...run, columnKind: "bytes" }] },
      { ...log, runs: [{ ...run, results: [{ ...run.results[0], level: "hint" }] }] },
      { ...log, runs: [{ ...run, result: [] }] },
    ]) {
      expect(validator.validate(wrong).valid).toBe(false);
    }
  });

  test("a result names its rule, severity and place", () => {
    const [run] = logOf(TEXT, [finding()]).runs;
    const [result] = run.results;
    expect(run.columnKind).toBe("unicodeCodePoints");
    expect(result).toMatchObject({
      ruleId: "NL601",
      level: "error",
      message: { text: "About w > t." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/model.py", uriBaseId: "%SRCROOT%" },
            region: { startLine: 1, startColumn: 10, endLine: 1, endColumn: 15 },
          },
        },
      ],
      properties: { severity: "error", name: "prune-zeroes-largest", family: "sparsity" },
    });
    expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("NL601");
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(RULES.map(({ code }) => code));
  });

  test("levels: information and hint are notes, as SARIF has nothing milder", () => {
    const levels = (["error", "warning", "information", "hint"] as const).map((severity) =>
      logOf("w", [findingOf("w", "w", [], { severity })]).runs[0].results.map((result) =>
        "level" in result ? result.level : undefined,
      ),
    );
    expect(levels.flat()).toEqual(["error", "warning", "note", "note"]);
  });

  test("a fingerprint survives lines added above, and differs between faults", () => {
    const print = (text: string, code: string) =>
      logOf(text, [findingOf(text, code)]).runs[0].results[0]?.partialFingerprints;
    expect(print(`\n\n${TEXT}`, "w > t")).toEqual(print(TEXT, "w > t"));
    expect(print(TEXT, "t = 1")).not.toEqual(print(TEXT, "w > t"));
  });

  test("a run with problems was not successful", () => {
    const problems = [{ path: "gone.py", message: "Cannot be read" }];
    expect(logOf("", [], { problems }).runs[0].invocations[0].executionSuccessful).toBe(false);
  });
});
