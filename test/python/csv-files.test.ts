import path from "node:path";
import { expect, test } from "vitest";
import { isMissing } from "../../trainer/src/data/table/number-of.ts";
import { openCsv } from "../../trainer/src/data/table/open-csv.ts";
import { dataFolder } from "../support/data-folder.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Written {
  readonly text: string;
  readonly rows: readonly (readonly string[])[];
  /** Line on which each row starts. */
  readonly places: readonly number[];
}

describeWithPython("CSV files that Python's csv module wrote", () => {
  test("have the same cells and lines, whatever the delimiter, the line ends and the quotes", async () => {
    const files = runPython("csv_files.py", {}) as readonly Written[];
    expect(files).toHaveLength(16);
    for (const { text, rows, places } of files) {
      const { folder, signal } = dataFolder({ "a.csv": text });
      const reader = await openCsv({ path: path.join(folder, "a.csv"), name: "a.csv" });
      const read = [];
      for await (const row of reader.rows([...reader.columns.keys()], signal)) read.push(row);
      const expected = rows.map((cells, index) => ({
        at: places[index],
        cells: cells.map((cell) => (isMissing(cell) ? undefined : cell)),
      }));
      expect(read).toEqual(expected);
    }
  });
});
