import { describe, expect, test } from "vitest";
import { numberGrid } from "../../../server/src/semantics/number-grid.ts";
import { programIndex } from "../../../server/src/semantics/program-index.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

/** The grid that the only call of `probe` is given. */
function gridIn(text: string) {
  const program = pythonProgram(parsePython(text));
  const site = programIndex(program).calls.find(({ name }) => name === "probe");
  const argument = site?.call.arguments[0]?.value;
  return argument === undefined ? undefined : numberGrid(argument, program);
}

describe("numberGrid()", () => {
  test.each([
    ["probe([1, 2.5])", "listed", [1, 2.5]],
    ["probe(np.arange(0, 1, 0.25))", "even", [0, 0.25, 0.5, 0.75]],
    ["probe(np.linspace(1, 2, 3))", "even", [1, 1.5, 2]],
    ["probe(np.logspace(0, 2, 3, base=2))", "logarithmic", [1, 2, 4]],
    ["probe(np.geomspace(1, 100, 3))", "logarithmic", [1, 10, 100]],
  ])("%j", (text, spacing, values) => {
    const grid = gridIn(text);
    expect(grid?.spacing).toBe(spacing);
    expect(grid?.values).toHaveLength(values.length);
    for (const [index, value] of values.entries()) {
      // Powers and products of doubles round once or twice.
      expect(grid?.values[index]).toBeCloseTo(value, 12);
    }
  });

  test.each([
    "probe(x)",
    "probe([1, x])",
    "probe(np.geomspace(0, 1, 3))",
    "probe(np.arange(1, 0))",
    "probe(np.linspace(0, 1, 0))",
  ])("%j is unknown", (text) => expect(gridIn(text)).toBeUndefined());
});
