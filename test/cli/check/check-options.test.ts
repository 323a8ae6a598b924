import { describe, expect, test } from "vitest";
import { checkOptions } from "../../../cli/src/check/check-options.ts";

const DEFAULTS = {
  paths: ["."],
  format: "text",
  select: undefined,
  ignore: [],
  isFixing: false,
  isFixingUnsafely: false,
  minSeverity: "information",
  stdinFilename: undefined,
  isExitZero: false,
  diff: undefined,
  baseline: undefined,
  isWritingBaseline: false,
  isCaching: true,
  cacheFolder: undefined,
};

describe("checkOptions()", () => {
  test.each([
    [[], {}],
    [["a.py", "b"], { paths: ["a.py", "b"] }],
    [["--format", "sarif"], { format: "sarif" }],
    [["--format=github"], { format: "github" }],
    [["--select", "NL601,NL602", "--select=config"], { select: ["NL601", "NL602", "config"] }],
    [["--ignore", " NL6 , "], { ignore: ["NL6"] }],
    [["--fix"], { isFixing: true }],
    [["--unsafe-fixes"], { isFixing: true, isFixingUnsafely: true }],
    [["--min-severity", "hint"], { minSeverity: "hint" }],
    [["--stdin-filename", "a.py"], { stdinFilename: "a.py" }],
    [["--diff", "main"], { diff: "main" }],
    [["--baseline", "b", "--write-baseline"], { baseline: "b", isWritingBaseline: true }],
    [["--no-cache"], { isCaching: false }],
    [["--cache-dir", "c"], { cacheFolder: "c" }],
    [["--exit-zero", "--", "--odd"], { isExitZero: true, paths: ["--odd"] }],
  ])("reads %j", (args, expected) => {
    expect(checkOptions(args)).toEqual({ ...DEFAULTS, ...expected });
  });

  test.each([
    [["--format", "xml"], '--format takes text, json, sarif, github; got "xml"'],
    [
      ["--min-severity", "fatal"],
      '--min-severity takes error, warning, information, hint; got "fatal"',
    ],
    [
      ["--fix", "--diff", "HEAD"],
      "fixes are for all findings: give them without --diff and --baseline",
    ],
    [["--write-baseline"], "--write-baseline needs the file to write: --baseline FILE"],
    [["--select="], "--select needs a rule id"],
    [["--select", "NL9999"], '--select: no rule is named "NL9999"; see `normlens explain`'],
    [
      ["--stdin-filename", "a.py", "b.py"],
      "--stdin-filename checks standard input and takes no further path",
    ],
  ])("refuses %j", (args, message) => {
    expect(checkOptions(args)).toEqual(new Error(message));
  });

  test.each([[["--colour"]], [["--format"]]])("refuses %j", (args) => {
    expect(checkOptions(args)).toBeInstanceOf(Error);
  });
});
