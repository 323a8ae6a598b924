import { describe, expect, test } from "vitest";
import { joinCells } from "../../../../server/src/syntax/notebook/joined-cells.ts";

describe("joinCells()", () => {
  const joined = joinCells(["a = 1\n", "", "%time b\nc"]);

  test("keeps every character in its place and blanks magics", () => {
    expect(joined.text).toBe("a = 1\n\n\n       \nc\n");
  });

  test.each([
    [0, 0, 0],
    [5, 0, 5],
    [6, 0, 6],
    [7, 1, 0],
    [8, 2, 0],
    [17, 2, 9],
    [99, 2, 9],
    [-1, 0, 0],
  ])("offset %d is cell %d, offset %d", (offset, cell, inCell) => {
    expect(joined.cellAt(offset)).toEqual({ cell, offset: inCell });
  });

  test("a span ends with the cell that it starts in", () => {
    expect(joined.spanIn({ start: 4, end: 12 })).toEqual({ cell: 0, span: { start: 4, end: 6 } });
  });

  test("no cells are an empty program", () => {
    expect(joinCells([]).text).toBe("");
    expect(joinCells([]).cellAt(3)).toEqual({ cell: 0, offset: 0 });
  });
});
