import { describe, expect, test } from "vitest";
import { blankMagics } from "../../../../server/src/syntax/notebook/blank-magics.ts";

describe("blankMagics()", () => {
  test.each([
    ["%matplotlib inline\nx = 1", "                  \nx = 1"],
    ["!pip install torch\r\nx = 1", "                  \r\nx = 1"],
    ["!pip install \\\n  torch\nx = 1", "              \n       \nx = 1"],
    ["?np.dot\nnp.dot?\nnp.dot??", "       \n       \n        "],
    ["files = !ls *.py", "files = ...     "],
    ["t = %timeit -o f()", "t = ...           "],
    ["%%bash\nrm -rf x\n", "      \n        \n"],
    ["%%time\nx = 1\n", "      \nx = 1\n"],
    ["if a:\n    !ls\n    x = 1", "if a:\n       \n    x = 1"],
  ])("%j", (cell, expected) => {
    expect(blankMagics(cell)).toBe(expected);
    expect(expected).toHaveLength(cell.length);
  });

  test.each(["x = a % b", "x = (a\n  % b)", "a != b", "print('what?')", "x %= 2", "s = '%d' % 3"])(
    "leaves Python as it is: %s",
    (cell) => {
      if (cell.includes("\n")) expect(blankMagics(cell).split("\n")[0]).toBe("x = (a");
      else expect(blankMagics(cell)).toBe(cell);
    },
  );
});
