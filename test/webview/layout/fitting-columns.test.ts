import { expect, test } from "vitest";
import { fittingColumns } from "../../../webview/src/layout/fitting-columns.ts";

const COLUMNS = [
  { id: "name", width: 100, rank: 0 },
  { id: "first", width: 50, rank: 2 },
  { id: "second", width: 50, rank: 1 },
];

test.each([
  ["all where there is room", 200, undefined, ["name", "first", "second"]],
  ["all while the width is not known", 0, undefined, ["name", "first", "second"]],
  ["the highest rank goes first", 199, undefined, ["name", "second"]],
  ["a pinned one stays", 150, "first", ["name", "first"]],
  ["what must stay does", 10, undefined, ["name"]],
])("fittingColumns(): %s", (_name, width, pinned, ids) => {
  expect(fittingColumns(COLUMNS, width, pinned).map(({ id }) => id)).toEqual(ids);
});
