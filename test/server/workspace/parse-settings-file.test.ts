import { describe, expect, test } from "vitest";
import { parseSettingsFile } from "../../../server/src/workspace/parse-settings-file.ts";

describe("parseSettingsFile()", () => {
  test("reads normlens.toml and the table in pyproject.toml alike", () => {
    const body = 'ignore = ["NL601"]\n';
    const expected = { settings: { ignore: ["NL601"] }, problems: [] };
    expect(parseSettingsFile("normlens.toml", body)).toEqual(expected);
    expect(parseSettingsFile("pyproject.toml", `[tool.normlens]\n${body}`)).toEqual(expected);
  });

  test.each([
    ["no word of it", '[project]\nname = "x"\n'],
    ["only a mention", '[project]\nname = "normlens-demo"\n'],
    ["another tool's table", '[tool.ruff]\nselect = ["normlens"]\n'],
  ])("a pyproject.toml with %s is nothing to us", (_name, text) => {
    expect(parseSettingsFile("pyproject.toml", text)).toBeUndefined();
  });

  test("names the place of a fault in the TOML", () => {
    const parsed = parseSettingsFile("normlens.toml", 'ignore = ["NL601"]\nselect = = 3\n');
    expect(parsed?.settings).toEqual({});
    expect(parsed?.problems[0]).toMatch(/^Line 2, column \d+: \S/);
  });

  test("names ids that mean no rule", () => {
    const parsed = parseSettingsFile("normlens.toml", 'ignore = ["NL601", "NL9999"]\n');
    expect(parsed?.problems).toEqual(["No rule is named `NL9999`."]);
  });
});
