import { describe, expect, test } from "vitest";
import { modelOrigin } from "../../../server/src/semantics/model-origin.ts";
import { modelParts } from "../../../server/src/semantics/model-parameters.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import type { Expression } from "../../../server/src/syntax/python/ast.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";
import { projectOf } from "../../support/project-of.ts";

const IMPORTS = "import torch\nimport torchvision\nfrom torch import nn\n";

/** `name:rank:role` of every parameter of what the last line of the code assigns. */
function parametersIn(code: string, net = ""): string[] | undefined {
  const program = pythonProgram(parsePython(IMPORTS + code));
  const last = program.module.body.at(-1);
  const value: Expression | undefined = last?.kind === "assign" ? last.value : undefined;
  const project = projectOf([{ path: "net.py", text: IMPORTS + net }]);
  const place = { home: { program, path: "a.py", project }, around: [] };
  const origin = value === undefined ? undefined : modelOrigin(value, place);
  if (origin === undefined) return undefined;
  return modelParts(origin).parameters.map(({ name, rank, role }) => `${name}:${rank}:${role}`);
}

const classOf = (...lines: readonly string[]) =>
  `class Net(nn.Module):\n    def __init__(self, inner=None):\n${lines.map((line) => `        ${line}\n`).join("")}`;

describe("modelParts()", () => {
  test.each([
    ["a layer", "m = nn.Linear(2, 2)", ["weight:2:weight", "bias:1:bias"]],
    ["a layer without bias", "m = nn.Conv1d(2, 2, 3, bias=False)", ["weight:3:weight"]],
    [
      "a sequence",
      "m = nn.Sequential(nn.ReLU(), nn.LayerNorm(2))",
      ["1.weight:1:norm", "1.bias:1:bias"],
    ],
    [
      "a list of layers",
      "m = nn.ModuleList([nn.Embedding(2, 2) for _ in x])",
      ["*.weight:2:embedding"],
    ],
    ["named layers", "m = nn.ModuleDict({'a': nn.RMSNorm(2)})", ["a.weight:1:norm"]],
    [
      "an ordered dict",
      "from collections import OrderedDict\nm = nn.Sequential(OrderedDict([('fc', nn.Linear(2, 2, bias=False))]))",
      ["fc.weight:2:weight"],
    ],
    ["a wrapper", "m = nn.DataParallel(nn.Linear(2, 2, bias=False))", ["module.weight:2:weight"]],
    ["a scalar", `${classOf("self.s = nn.Parameter(torch.ones([]))")}m = Net()`, ["s:0:free"]],
    ["a token", `${classOf("self.t = nn.Parameter(torch.zeros(1, 1, 8))")}m = Net()`, ["t:3:free"]],
    [
      "an initialised one",
      `${classOf("self.t = nn.Parameter(torch.randn(4, 2) * 0.1)")}m = Net()`,
      ["t:2:free"],
    ],
    [
      "one of unknown shape",
      `${classOf("self.t = nn.Parameter(make())")}m = Net()`,
      ["t:undefined:free"],
    ],
    [
      "a constructor's argument",
      `${classOf("self.inner = inner")}m = Net(nn.Linear(2, 2, bias=False))`,
      ["inner.weight:2:weight"],
    ],
    [
      "a base class",
      `${classOf("self.a = nn.Linear(2, 2, bias=False)")}class Big(Net):\n    pass\nm = Big()`,
      ["a.weight:2:weight"],
    ],
    [
      "a function",
      `def build():\n    net = nn.Linear(2, 2, bias=False)\n    return net\nm = build().cuda()`,
      ["weight:2:weight"],
    ],
    [
      "an own norm",
      `class MyNorm(nn.Module):\n    def __init__(self, d):\n        self.weight = nn.Parameter(torch.ones(d))\nm = MyNorm(2)`,
      ["weight:1:norm"],
    ],
    [
      "a layer that is passed as a class",
      `class Block(nn.Module):\n    def __init__(self, norm_layer=nn.LayerNorm):\n        self.norm1 = norm_layer(4, bias=False)\nm = Block()`,
      ["norm1.weight:1:norm"],
    ],
    ["nothing to train", "m = nn.Sequential(nn.ReLU(), nn.BatchNorm2d(2, affine=False))", []],
    [
      "a frozen one",
      `${classOf("self.t = nn.Parameter(torch.zeros(2), requires_grad=False)")}m = Net()`,
      [],
    ],
  ])("lists those of %s", (_name, code, expected) => expect(parametersIn(code)).toEqual(expected));

  test("knows where a ResNet has its norms", () => {
    expect(parametersIn("m = torchvision.models.resnet50()")).toContain(
      "layer2.0.downsample.1.weight:1:norm",
    );
  });

  test("follows a class into another file, and its parts there", () => {
    const net = `class Part(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(2, 2, bias=False)\n${classOf("self.part = Part()")}`;
    expect(parametersIn("from net import Net\nm = Net()", net)).toEqual(["part.a.weight:2:weight"]);
  });

  test.each([
    [
      "a class that holds itself",
      `${classOf("self.again = Net()", "self.a = nn.Linear(2, 2, bias=False)")}m = Net()`,
      ["a.weight:2:weight"],
    ],
    ["classes in a circle", "class A(B):\n    pass\nclass B(A):\n    pass\nm = A()", []],
    ["what is not in sight", "m = make()", undefined],
  ])("ends at %s", (_name, code, expected) => expect(parametersIn(code)).toEqual(expected));
});
