import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { csvLine } from "../../../core/formats/csv-line.ts";

const CELLS = ["plain", 1e-7, "a,b", 'say "hi"', "two\nlines", "", "λ"];

test("csvLine() quotes what needs it", () => {
  expect(csvLine(CELLS)).toBe('plain,1e-7,"a,b","say ""hi""","two\nlines",,λ\r\n');
});

test.skipIf(!existsSync(".venv/bin/python"))("csvLine() is read by Python's csv module", () => {
  const script =
    "import csv, json, sys, io; print(json.dumps(list(csv.reader(io.StringIO(sys.argv[1], newline='')))))";
  const read = execFileSync(".venv/bin/python", ["-c", script, csvLine(CELLS)], {
    encoding: "utf8",
  });
  expect(JSON.parse(read)).toEqual([CELLS.map(String)]);
});
