import { describe, expect, test } from "vitest";
import {
  keysOf,
  mergeLintSettings,
  parseLintSettings,
} from "../../../core/protocol/lint-settings.ts";

describe("parseLintSettings()", () => {
  test("reads kebab-case and camelCase keys alike", () => {
    const settings = { perFileIgnores: { "tests/**": ["NL901"] }, severity: { NL601: "off" } };
    expect(parseLintSettings(settings)).toEqual({ settings, problems: [] });
    const { perFileIgnores, severity } = settings;
    expect(parseLintSettings({ "per-file-ignores": perFileIgnores, severity }).settings).toEqual(
      settings,
    );
  });

  test.each([
    ["a table is missing", 3, "The settings must be a table."],
    ["select is no list", { select: "NL1" }, "`select` must be a list of rule ids."],
    ["ignore holds a number", { ignore: [1] }, "`ignore` must be a list of rule ids."],
    [
      "a severity is unknown",
      { severity: { NL601: "fatal" } },
      "`severity` must hold one of error, warning, information, hint or off for each rule id.",
    ],
    [
      "a pattern holds no list",
      { "per-file-ignores": { "*.py": "NL1" } },
      "`per-file-ignores` must hold a list of rule ids for each file pattern.",
    ],
    [
      "a key is unknown",
      { selekt: [] },
      "`selekt` is not known; known are select, ignore, per-file-ignores, severity, assume.",
    ],
  ])("says what is wrong when %s", (_name, value, problem) => {
    expect(parseLintSettings(value)).toEqual({ settings: {}, problems: [problem] });
  });

  test("reads assumed numbers in either spelling, and what is not set as nothing", () => {
    const assume = { datasetSize: 50_000, learningRate: 1e-3 };
    expect(parseLintSettings({ assume: { ...assume, steps: null } })).toEqual({
      settings: { assume },
      problems: [],
    });
    const inFile = { assume: { "dataset-size": 50_000, "learning-rate": 1e-3 } };
    expect(parseLintSettings(inFile).settings).toEqual({ assume });
  });

  test.each([
    [{ "dataset-size": 0 }],
    [{ "batch-size": "64" }],
    [{ epochs: 3 }],
    [{ steps: Number.NaN }],
    [[3]],
    [7],
  ])("refuses to assume %j", (assume) => {
    const { settings, problems } = parseLintSettings({ assume });
    expect(settings).toEqual({});
    expect(problems[0]).toContain("`assume` must be a table of positive numbers");
  });

  test("keeps what it understood beside what it did not", () => {
    const { settings, problems } = parseLintSettings({ select: ["NL6"], ignore: 1 });
    expect(settings).toEqual({ select: ["NL6"] });
    expect(problems).toHaveLength(1);
  });
});

describe("keysOf()", () => {
  test("names each assumed number by itself", () => {
    expect(keysOf({ select: [], assume: { steps: 3, batchSize: 2 } })).toEqual([
      "select",
      "assume.steps",
      "assume.batchSize",
    ]);
    expect(keysOf({})).toEqual([]);
  });
});

describe("mergeLintSettings()", () => {
  test("the stronger wins number by number", () => {
    expect(
      mergeLintSettings({ assume: { steps: 1, batchSize: 2 } }, { assume: { steps: 3 } }),
    ).toEqual({ assume: { steps: 3, batchSize: 2 } });
    expect(mergeLintSettings({ assume: { steps: 1 } }, {})).toEqual({ assume: { steps: 1 } });
  });

  test("the stronger wins key by key", () => {
    expect(mergeLintSettings({ select: ["NL1"], ignore: ["NL2"] }, { select: ["NL3"] })).toEqual({
      select: ["NL3"],
      ignore: ["NL2"],
    });
  });
});
