import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../../server/src/engine/apply-fixes.ts";
import { notebookFile } from "../../../../server/src/syntax/notebook/notebook-file.ts";

const output = {
  output_type: "display_data",
  data: { "image/png": "x", cells: [{ source: "y" }] },
};
const code = (source: string | readonly string[]) => ({
  cell_type: "code",
  execution_count: 1,
  metadata: { source: "metadata" },
  outputs: [output],
  source,
});
const fileOf = (...cells: readonly object[]) =>
  JSON.stringify({ cells, metadata: { language_info: { name: "python" } }, nbformat: 4 }, null, 1);

const linesOf = (text: string) => text.split(/(?<=\n)/);

describe("notebookFile()", () => {
  test("joins code cells in order, whatever else is in the file", () => {
    const json = fileOf(
      code("a = 1"),
      { cell_type: "markdown", source: ["# b\n"] },
      code(["c\n", "d"]),
    );
    expect(notebookFile(json)?.cells.text).toBe("a = 1\nc\nd\n");
  });

  test("the kind of a cell may be told after its source", () => {
    const json =
      '{"cells": [{"source": ["x\\n"], "cell_type": "code"}, {"source": "y", "cell_type": "raw"}]}';
    expect(notebookFile(json)?.cells.text).toBe("x\n\n");
  });

  test.each([
    "",
    "{",
    "[]",
    '{"cells": 1}',
    '{"a": {"cells": []}}',
    '{"cells": [1, null, [], {}]}',
    '{"cells": [{"cell_type": "code", "source": {"a": "b"}}]}',
  ])("is total: %j", (json) => {
    const notebook = notebookFile(json);
    expect(notebook === undefined || notebook.cells.text.trim() === "").toBe(true);
  });

  test("a span covers the same characters in the file", () => {
    const source = 'w = "ä😀\\t"  # x\n\tw > t\n';
    const json = fileOf(code("first\n"), code(linesOf(source)));
    const notebook = notebookFile(json);
    const start = notebook?.cells.text.indexOf("w > t") ?? -1;
    const span = notebook?.spanInFile({ start, end: start + 5 }) ?? { start: 0, end: 0 };
    expect(json.slice(span.start, span.end)).toBe("w > t");
  });

  test("an edit in the file is the same edit of the cell", () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const cell = fc.array(text, { maxLength: 4 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(cell, fc.boolean(), fc.nat(), fc.nat(), text, (source, isList, a, b, added) => {
        const json = fileOf(code("one"), code(isList ? linesOf(source) : source), code("three"));
        const notebook = notebookFile(json);
        if (notebook === undefined || source === "") return;
        const first = "one\n".length;
        const [from = 0, to = 0] = [a % (source.length + 1), b % (source.length + 1)].sort(
          (x, y) => x - y,
        );
        const span = notebook.spanInFile({ start: first + from, end: first + to });
        const edited = applyEdits(json, [{ span, newText: notebook.escaped(added) }]);
        const cells: { source: string | string[] }[] = JSON.parse(edited).cells;
        const sources = cells.map(({ source: lines }) => [lines].flat().join(""));
        expect(sources).toEqual(["one", source.slice(0, from) + added + source.slice(to), "three"]);
      }),
    );
  });
});
