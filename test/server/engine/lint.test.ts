import { describe, expect, test } from "vitest";
import type { LintDocument } from "../../../server/src/engine/document.ts";
import { lint } from "../../../server/src/engine/lint.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { defineRule, type Report } from "../../../server/src/engine/rule.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

/** Reports every key of a config file that starts with `x`. */
function ruleThat(report: Partial<Report>) {
  return defineRule({
    code: "NL000",
    name: "starts-with-x",
    family: "config",
    severity: "warning",
    preview: false,
    mentions: [],
    on: "configEntry",
    docs: { what: "", why: "", bad: "", good: "", language: "yaml", limits: "", references: [] },
    *check({ key, keySpan }) {
      if (key.startsWith("x")) yield { span: keySpan, message: key, ...report };
    },
  });
}

const document: LintDocument = {
  path: "a.yaml",
  language: "yaml",
  text: "x2: 1\na: 2\nx1: 3\n",
  project: NO_PROJECT,
};

const run = (report: Partial<Report>) => lint(document, parse(document), [ruleThat(report)]);

describe("lint()", () => {
  test("gives findings by position, with what the rule says of itself", () => {
    expect(run({})).toMatchObject([
      {
        code: "NL000",
        name: "starts-with-x",
        family: "config",
        message: "x2",
        related: [],
        fixes: [],
      },
      { message: "x1", span: { start: 11, end: 13 } },
    ]);
  });

  test.each<[string, Partial<Report>, readonly string[]]>([
    ["the rule's severity", {}, ["warning", "warning"]],
    ["the report's severity instead", { severity: "error" }, ["error", "error"]],
    ["full confidence at 0.8", { confidence: 0.8 }, ["warning", "warning"]],
    ["one level milder below 0.8", { confidence: 0.79 }, ["information", "information"]],
    [
      "milder than the report's own",
      { severity: "error", confidence: 0.5 },
      ["warning", "warning"],
    ],
    ["nothing below 0.5", { confidence: 0.49 }, []],
    ["nothing for a confidence that is no number", { confidence: Number.NaN }, []],
  ])("shows %s", (_name, report, severities) => {
    expect(run(report).map(({ severity }) => severity)).toEqual(severities);
  });

  test("asks no extractor of another language", () => {
    const python = { ...document, path: "a.py", language: "python" } as const;
    expect(lint(python, parse(python), [ruleThat({})])).toEqual([]);
  });
});
