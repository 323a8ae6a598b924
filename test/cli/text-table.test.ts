import { describe, expect, test } from "vitest";
import { textTable } from "../../cli/src/text-table.ts";

describe("textTable", () => {
  test("aligns columns, keeps a cell on one line and ends lines without blanks", () => {
    expect(
      textTable(
        ["run", "result"],
        [
          ["long name", ""],
          ["a", "two\nlines"],
        ],
        0,
      ),
    ).toEqual(["run        result", "long name", "a          two lines"]);
  });

  test("cuts lines at the width", () => {
    expect(textTable(["abcdef"], [["ab"]], 4)).toEqual(["abc…", "ab"]);
  });
});
