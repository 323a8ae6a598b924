import { describe, expect, test } from "vitest";
import { withCells } from "../../../server/src/layers/cell-definitions.ts";
import { layerRoots } from "../../../server/src/layers/layer-roots.ts";
import { locateLayers } from "../../../server/src/layers/locate-layers.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { joinCells } from "../../../server/src/syntax/notebook/joined-cells.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

const encoder = (width: number) =>
  `class Encoder(nn.Module):\n  def __init__(self):\n    self.fc = nn.Linear(1, ${width})\n`;
const NET = "class Net(nn.Module):\n  def __init__(self):\n    self.encoder = Encoder()\n";

/** The code that makes `name` in a notebook of these cells. */
function makersIn(cells: readonly string[], name: string): readonly string[] {
  const joined = joinCells(["from torch import nn\n", ...cells]);
  const program = withCells(
    pythonProgram(parsePython(joined.text)),
    (offset) => joined.cellAt(offset).cell,
  );
  const roots = layerRoots({ program, path: "a.ipynb", project: NO_PROJECT });
  const [found] = locateLayers(roots, [name], [name]);
  return (found?.makers ?? []).map(
    ({ span, isAround }) => `${isAround ? "… " : ""}${joined.text.slice(span.start, span.end)}`,
  );
}

describe("withCells()", () => {
  test("follows a name that one cell binds into the others", () => {
    expect(makersIn([encoder(2), NET], "encoder.fc.weight")).toEqual(["nn.Linear(1, 2)"]);
  });

  test.each([
    ["after", [encoder(2), NET, encoder(3)]],
    ["before", [encoder(2), encoder(3), NET]],
  ])("tells both where two cells define a class, the second %s its use", (_place, cells) => {
    expect(makersIn(cells, "encoder.fc.weight")).toEqual(["nn.Linear(1, 2)", "nn.Linear(1, 3)"]);
  });

  test("tells all that a name may stand for which several cells assign", () => {
    const cells = [
      "part = nn.Linear(1, 2)",
      "net = nn.Sequential(part, nn.ReLU())",
      "part = nn.Linear(1, 3)",
    ];
    expect(makersIn(cells, "0.weight")).toEqual(["nn.Linear(1, 2)", "nn.Linear(1, 3)"]);
  });

  test("believes the cell that binds the name itself", () => {
    const cells = [
      "part = nn.Linear(1, 2)",
      "part = nn.Linear(1, 3)\nnet = nn.Sequential(part, nn.ReLU())",
    ];
    expect(makersIn(cells, "0.weight")).toEqual(["nn.Linear(1, 3)"]);
  });

  test("leaves local names alone", () => {
    const cells = [
      "part = 1",
      "part = 2",
      "def make():\n  part = nn.Linear(1, 4)\n  return nn.Sequential(part)\n",
    ];
    expect(makersIn(cells, "0.weight")).toEqual(["nn.Linear(1, 4)"]);
  });
});
