import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import { checkFileText } from "../../../server/src/engine/check-file-text.ts";
import { selectRules } from "../../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

const code = (source: readonly string[]) => ({
  cell_type: "code",
  metadata: {},
  outputs: [],
  source,
});
const NOTEBOOK = JSON.stringify(
  {
    cells: [
      code(["%matplotlib inline\n", "import numpy as np"]),
      { cell_type: "markdown", source: ["w[np.abs(w) > t] = 0"] },
      code(["def prune(w, t):\n", "    w[np.abs(w) > t] = 0\n", "    return w"]),
    ],
    nbformat: 4,
  },
  null,
  1,
);
const check = (path: string, text: string) =>
  checkFileText({ path, text, project: NO_PROJECT }, selectRules({}));

describe("checkFileText()", () => {
  test("finds in a notebook what its cells do together, where it stands in the file", () => {
    const [finding, ...others] = check("a.ipynb", NOTEBOOK);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "NL601", cell: 2 });
    expect(NOTEBOOK.slice(finding?.span.start, finding?.span.end)).toBe("np.abs(w) > t");
    const fixed = applyEdits(NOTEBOOK, finding?.fixes[0]?.edits ?? []);
    expect(fixed).toBe(
      NOTEBOOK.replace('    w[np.abs(w) > t] = 0\\n"', '    w[np.abs(w) < t] = 0\\n"'),
    );
    expect(check("a.ipynb", fixed)).toEqual([]);
  });

  test.each([
    ["a.ipynb", "{"],
    ["a.ipynb", "{}"],
    ["a.txt", NOTEBOOK],
  ])("finds nothing in %s with %j", (path, text) => expect(check(path, text)).toEqual([]));

  test("other files are what their names say", () => {
    expect(check("a.yaml", "lora_dropout: 5").map((finding) => finding.code)).toEqual(["NLC03"]);
  });
});
