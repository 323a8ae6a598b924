import { describe, expect, test } from "vitest";
import { layerRoots } from "../../../server/src/layers/layer-roots.ts";
import { locateLayers } from "../../../server/src/layers/locate-layers.ts";
import { NO_PROJECT, type PythonSource } from "../../../server/src/project/project-facts.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

/** The text at each place that makes `name`, up to the end of its line; `…` where only a holder is in sight. */
function linesFor(files: Readonly<Record<string, string>>, name: string, all: readonly string[]) {
  const sources = new Map(
    Object.entries(files).map(([path, text]): [string, PythonSource] => [path, { path, text }]),
  );
  const project = {
    ...NO_PROJECT,
    pythonModule: (module: string) => sources.get(`${module.replace(/^\.+/, "")}.py`),
  };
  const roots = [...sources.values()].flatMap(({ path, text }) =>
    layerRoots({ program: pythonProgram(parsePython(text)), path, project }),
  );
  const [found] = locateLayers(roots, [name], all);
  return (found?.makers ?? []).map(({ home, span, isAround }) => {
    const text = files[home.path]?.slice(span.start).split("\n")[0] ?? "";
    return isAround ? `… ${text}` : text;
  });
}

const module = (name: string, ...lines: readonly string[]) =>
  `class ${name}(nn.Module):\n  def __init__(self, *args):\n${lines.map((line) => `    ${line}\n`).join("")}`;

const one = (text: string, name: string, all: readonly string[] = [name]) =>
  linesFor({ "a.py": `from torch import nn\nimport torch\n${text}` }, name, all);

describe("locateLayers", () => {
  test.each([
    ["an attribute", module("Net", "self.fc1 = nn.Linear(1, 2)"), "fc1.weight", "nn.Linear(1, 2)"],
    [
      "behind a prefix",
      module("Net", "self.fc1 = nn.Linear(1, 2)"),
      "module.fc1.bias",
      "nn.Linear(1, 2)",
    ],
    [
      "compiled",
      module("Net", "self.fc1 = nn.Linear(1, 2)"),
      "_orig_mod.fc1.bias",
      "nn.Linear(1, 2)",
    ],
    [
      "a buffer",
      module("Net", "self.bn = nn.BatchNorm1d(2)"),
      "bn.running_mean",
      "nn.BatchNorm1d(2)",
    ],
    ["pruned", module("Net", "self.fc = nn.Linear(1, 2)"), "fc.weight_orig", "nn.Linear(1, 2)"],
    [
      "parametrised",
      module("Net", "self.fc = nn.Linear(1, 2)"),
      "fc.parametrizations.weight.original0",
      "nn.Linear(1, 2)",
    ],
    [
      "adapted",
      module("Net", "self.fc = nn.Linear(1, 2)"),
      "fc.lora_A.default.weight",
      "nn.Linear(1, 2)",
    ],
    [
      "an index",
      module("Net", "self.net = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 3))"),
      "net.2.weight",
      "nn.Linear(2, 3))",
    ],
    [
      "a script's container",
      "net = nn.Sequential(nn.Linear(1, 2), nn.Tanh())\n",
      "0.weight",
      "nn.Linear(1, 2), nn.Tanh())",
    ],
    [
      "a container that grows",
      "net = nn.Sequential()\nnet.add_module('first', nn.Linear(1, 2))\n",
      "first.weight",
      "nn.Linear(1, 2))",
    ],
    [
      "an altered model",
      "model = load()\nmodel.fc = nn.Linear(1, 2)\n",
      "fc.weight",
      "nn.Linear(1, 2)",
    ],
    [
      "an altered part",
      "model = load()\nmodel.classifier[6] = nn.Linear(1, 2)\n",
      "classifier.6.weight",
      "nn.Linear(1, 2)",
    ],
    [
      "a free parameter",
      module("Net", "self.scale = nn.Parameter(torch.ones(1))"),
      "scale",
      "nn.Parameter(torch.ones(1))",
    ],
  ])("finds %s", (_case, text, name, line) => expect(one(text, name)).toEqual([line]));

  test.each([
    ["a layer that has no such tensor", module("Net", "self.fc = nn.Linear(1, 2)"), "fc.gamma"],
    [
      "a bias that is switched off",
      module("Net", "self.fc = nn.Linear(1, 2, bias=False)"),
      "fc.bias",
    ],
    ["a layer without weights", module("Net", "self.act = nn.ReLU()"), "act.weight"],
    [
      "an index beyond the end",
      module("Net", "self.net = nn.Sequential(nn.Linear(1, 2))"),
      "net.1.weight",
    ],
    [
      "a plain list, which registers nothing",
      module("Net", "self.fcs = [nn.Linear(1, 2)]"),
      "fcs.0.weight",
    ],
    ["a setting", module("Net", "self.layers = args.layers"), "layers.0.weight"],
    [
      "a class that is no module",
      "class Loader:\n  def __init__(self):\n    self.fc = nn.Linear(1, 2)\n",
      "fc.weight",
    ],
  ])("finds nothing for %s", (_case, text, name) => expect(one(text, name)).toEqual([]));

  test("finds a layer by its own name, which is none of a tensor", () => {
    const text = module("Net", "self.fc1 = nn.Linear(1, 2)");
    expect(one(text, "fc1", ["fc1.weight"])).toEqual(["nn.Linear(1, 2)"]);
    expect(one(text, "fc1", ["fc1"])).toEqual([]);
  });

  test("does not take one of several for certain where a name is not written", () => {
    const text = module(
      "Net",
      "self.ff = nn.Sequential(*[item for _ in range(3) for item in (nn.Linear(1, 2), nn.ReLU())])",
      "self.ff.add_module(str(len(self.ff)), nn.Linear(2, 3))",
    );
    expect(one(text, "ff.2.weight")).toEqual(["nn.Linear(1, 2), nn.ReLU())])", "nn.Linear(2, 3))"]);
  });

  test("gives both branches", () => {
    const text = module(
      "Net",
      "if args:",
      "  self.fc = nn.Linear(1, 2)",
      "else:",
      "  self.fc = nn.Linear(1, 3)",
    );
    expect(one(text, "fc.weight")).toEqual(["nn.Linear(1, 2)", "nn.Linear(1, 3)"]);
  });

  test("of two models takes the one that has all names", () => {
    const text =
      module("Small", "self.fc1 = nn.Linear(1, 2)") +
      module("Large", "self.fc1 = nn.Linear(3, 4)", "self.fc2 = nn.Linear(4, 5)");
    expect(one(text, "fc1.weight")).toEqual(["nn.Linear(1, 2)", "nn.Linear(3, 4)"]);
    expect(one(text, "fc1.weight", ["fc1.weight", "fc2.weight"])).toEqual(["nn.Linear(3, 4)"]);
  });

  test("leaves no model out that has parts it cannot see", () => {
    const text =
      module(
        "Small",
        "self.fc1 = nn.Linear(1, 2)",
        "for n in args: setattr(self, n, nn.Linear(1, 1))",
      ) + module("Large", "self.fc1 = nn.Linear(3, 4)", "self.fc2 = nn.Linear(4, 5)");
    expect(one(text, "fc1.weight", ["fc1.weight", "fc2.weight"])).toHaveLength(2);
  });

  test("follows imports to the class of a part", () => {
    const files = {
      "net.py": `from torch import nn\nfrom .parts import Encoder\n${module("Net", "self.encoder = Encoder(4)")}`,
      "parts.py": `from torch import nn\n${module("Encoder", "self.fc = nn.Linear(5, 6)")}`,
    };
    expect(linesFor(files, "encoder.fc.weight", [])).toEqual(["nn.Linear(5, 6)"]);
  });

  test("says where only the module around a layer is in sight", () => {
    const text = `import timm\n${module("Net", "self.body = timm.create_model('vit')")}`;
    expect(one(text, "body.blocks.0.norm1.weight")).toEqual(["… timm.create_model('vit')"]);
  });

  test("ends for classes that hold or make themselves", () => {
    const text = `${module("Tree", "self.left = Tree()", "self.fc = nn.Linear(1, 2)")}def make(n):\n  return make(n)\n${module("Net", "self.tree = make(3)")}`;
    expect(one(text, `${"left.".repeat(60)}fc.weight`)).toHaveLength(1);
    expect(one(text, "tree.fc.weight")).toHaveLength(1);
  });
});
