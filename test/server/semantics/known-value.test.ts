import { describe, expect, test } from "vitest";
import { knownValue } from "../../../server/src/semantics/known-value.ts";
import { programIndex } from "../../../server/src/semantics/program-index.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

/** The value of the last argument of `probe(…)`, where it is written, and how sure it is. */
function probed(text: string) {
  const program = pythonProgram(parsePython(text));
  const site = programIndex(program).calls.find(({ name }) => name === "probe");
  const node = site?.call.arguments.at(-1)?.value;
  if (node === undefined) throw new RangeError(`No call of probe in ${text}`);
  const value = knownValue(node, program);
  if (value === undefined || value.kind === "record") return value?.kind;
  const written = text.slice(value.span.start, value.span.end);
  return [value.value, value.certainty, written] as const;
}

const PARSER = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("-w", "--weight-decay", type=float, default=5e-4)
parser.add_argument("--lr", default="1e-3", type=float)
parser.add_argument("--name", default="run")
parser.add_argument("--nesterov", action="store_true")
parser.add_argument("--twice", default=1)
parser.add_argument("--twice", default=2)
parser.add_argument("--needed", type=float, required=True)
parser.add_argument("--none", type=float)
parser.add_argument("--custom", default="1,2", type=parse)
parser.add_argument("--renamed", dest="other", default=3)
parser.add_argument("data")
`;

const DATACLASS = `from dataclasses import dataclass, field
@dataclass
class Config:
    lr: float = 1e-3
    wd: float = field(default=0.1)
    steps: int
    names: list = field(default_factory=list)
`;

describe("knownValue()", () => {
  test.each([
    ["a literal", "probe(0.1)", [0.1, "constant", "0.1"]],
    ["a sign", "probe(-1e-4)", [-1e-4, "constant", "-1e-4"]],
    ["a string", "probe('adam')", ["adam", "constant", "'adam'"]],
    ["None", "probe(None)", [null, "constant", "None"]],
    ["not", "probe(not True)", [false, "constant", "not True"]],
    ["a name", "wd = 0.1\nprobe(wd)", [0.1, "constant", "0.1"]],
    ["names of names", "a = 2\nb = a\nprobe(b)", [2, "constant", "2"]],
    ["arithmetic", "n = 4\nprobe(1e-3 * n / 2 ** 2)", [1e-3, "constant", "1e-3 * n / 2 ** 2"]],
    ["Python's remainder", "probe(-1 % 3)", [2, "constant", "-1 % 3"]],
    ["a constant of the module", "WD = 0.1\ndef f():\n    probe(WD)", [0.1, "constant", "0.1"]],
    ["several targets", "lr, wd = 1, 0.1\nprobe(wd)", [0.1, "constant", "0.1"]],
    ["float of a string", "probe(float('1e-3'))", [1e-3, "constant", "'1e-3'"]],
    ["int", "probe(int(1.9))", [1, "constant", "1.9"]],
    ["two ways to the same", "probe(1 if a else 1)", [1, "constant", "1"]],
    ["what a function returns", "def wd():\n    return 0.1\nprobe(wd())", [0.1, "constant", "0.1"]],
  ])("follows %s", (_name, text, value) => expect(probed(text)).toEqual(value));

  test.each([
    ["a default", "def f(wd=0.1):\n    probe(wd)", [0.1, "default", "0.1"]],
    ["the only call", "def f(wd):\n    probe(wd)\nf(0.2)", [0.2, "default", "0.2"]],
    ["calls that agree", "def f(wd=1):\n    probe(wd)\nf(2)\nf(wd=2)", [2, "default", "2"]],
    [
      "a call of the constructor",
      "class A:\n    def __init__(self, wd):\n        probe(wd)\nA(0.3)",
      [0.3, "default", "0.3"],
    ],
    [
      "a default of a method",
      "class A:\n    def f(self, wd=0.3):\n        probe(wd)",
      [0.3, "default", "0.3"],
    ],
  ])("takes a parameter from %s", (_name, text, value) => expect(probed(text)).toEqual(value));

  test.each([
    ["a number", "args = parser.parse_args()\nprobe(args.weight_decay)", [5e-4, "default", "5e-4"]],
    [
      "a converted string",
      "args = parser.parse_args()\nprobe(args.lr)",
      [1e-3, "default", '"1e-3"'],
    ],
    ["a string", "args = parser.parse_args()\nprobe(args.name)", ["run", "default", '"run"']],
    ["dest", "args = parser.parse_args()\nprobe(args.other)", [3, "default", "3"]],
    [
      "known args",
      "args, _ = parser.parse_known_args()\nprobe(args.lr)",
      [1e-3, "default", '"1e-3"'],
    ],
    [
      "a helper",
      "def get():\n    return parser.parse_args()\nargs = get()\nprobe(args.lr)",
      [1e-3, "default", '"1e-3"'],
    ],
    [
      "a call",
      "def main(args):\n    probe(args.lr)\nmain(parser.parse_args())",
      [1e-3, "default", '"1e-3"'],
    ],
    [
      "arithmetic",
      "args = parser.parse_args()\nprobe(args.lr * 2)",
      [2e-3, "default", "args.lr * 2"],
    ],
    [
      "self",
      "class T:\n    def __init__(self, args):\n        self.args = args\n    def f(self):\n        probe(self.args.lr)\nT(parser.parse_args())",
      [1e-3, "default", '"1e-3"'],
    ],
  ])("reads argparse: %s", (_name, text, value) => expect(probed(PARSER + text)).toEqual(value));

  test("knows a flag that is not given", () => {
    const text = `${PARSER}probe(parser.parse_args().nesterov)`;
    expect(probed(text)).toEqual([
      false,
      "default",
      'parser.add_argument("--nesterov", action="store_true")',
    ]);
  });

  test.each([
    ["two defaults", "args = parser.parse_args()\nprobe(args.twice)"],
    ["a required option", "args = parser.parse_args()\nprobe(args.needed)"],
    ["an own type", "args = parser.parse_args()\nprobe(args.custom)"],
    ["a positional", "args = parser.parse_args()\nprobe(args.data)"],
    ["no such option", "args = parser.parse_args()\nprobe(args.missing)"],
    ["a scripted command line", "args = parser.parse_args(['--lr', '1'])\nprobe(args.lr)"],
    ["rescaled", "args = parser.parse_args()\nargs.lr *= 8\nprobe(args.lr)"],
    ["assigned later", "args = parser.parse_args()\nargs.lr = f()\nprobe(args.lr)"],
    ["setattr", "args = parser.parse_args()\nsetattr(args, key, 1)\nprobe(args.lr)"],
    ["vars", "args = parser.parse_args()\nvars(args).update(more)\nprobe(args.lr)"],
    ["__dict__", "args = parser.parse_args()\nargs.__dict__.update(more)\nprobe(args.lr)"],
    ["set_defaults", "parser.set_defaults(lr=1)\nprobe(parser.parse_args().lr)"],
    ["set_defaults of a file", "parser.set_defaults(**file)\nprobe(parser.parse_args().lr)"],
  ])("does not know argparse's %s", (_name, text) => expect(probed(PARSER + text)).toBeUndefined());

  test.each([
    ["a key", "cfg = {'wd': 0.1}\nprobe(cfg['wd'])", [0.1, "constant", "0.1"]],
    ["get", "cfg = dict(wd=0.1)\nprobe(cfg.get('wd', 1))", [0.1, "constant", "0.1"]],
    [
      "get of what is not there",
      "cfg = dict(lr=1)\nprobe(cfg.get('wd', 0.1))",
      [0.1, "constant", "0.1"],
    ],
    ["nested", "cfg = {'o': {'wd': 0.1}}\nprobe(cfg['o']['wd'])", [0.1, "constant", "0.1"]],
    [
      "unpacked",
      "a = {'wd': 0.1}\ncfg = {**a, 'lr': 1}\nprobe(cfg['wd'])",
      [0.1, "constant", "0.1"],
    ],
    [
      "a namespace",
      "from types import SimpleNamespace as N\nc = N(wd=0.1)\nprobe(c.wd)",
      [0.1, "constant", "0.1"],
    ],
    [
      "getattr",
      "from types import SimpleNamespace as N\nc = N(wd=0.1)\nprobe(getattr(c, 'wd'))",
      [0.1, "constant", "0.1"],
    ],
    [
      "filled afterwards",
      "from types import SimpleNamespace\nc = SimpleNamespace()\nc.wd = 0.1\nprobe(c.wd)",
      [0.1, "constant", "0.1"],
    ],
    ["passed on", "cfg = {'wd': 0.1}\nfill(cfg)\nprobe(cfg['wd'])", [0.1, "default", "0.1"]],
    ["a class", "class C:\n    wd = 0.1\nprobe(C.wd)", [0.1, "constant", "0.1"]],
    ["an instance", "class C:\n    wd = 0.1\nc = C()\nprobe(c.wd)", [0.1, "constant", "0.1"]],
    [
      "self",
      "class C:\n    def __init__(self):\n        self.wd = 0.1\n    def f(self):\n        probe(self.wd)",
      [0.1, "constant", "0.1"],
    ],
    [
      "self, from a parameter",
      "class C:\n    def __init__(self, wd=0.1):\n        self.wd = wd\n    def f(self):\n        probe(self.wd)",
      [0.1, "default", "0.1"],
    ],
    [
      "Lightning's hparams",
      "class C:\n    def __init__(self, wd=0.1):\n        self.save_hyperparameters()\n    def f(self):\n        probe(self.hparams.wd)",
      [0.1, "default", "0.1"],
    ],
  ])("reads records: %s", (_name, text, value) => expect(probed(text)).toEqual(value));

  test.each([
    ["a field", "c = Config()\nprobe(c.wd)", [0.1, "constant", "0.1"]],
    ["given by keyword", "c = Config(wd=0.2)\nprobe(c.wd)", [0.2, "constant", "0.2"]],
    ["given by position", "c = Config(0.2)\nprobe(c.lr)", [0.2, "constant", "0.2"]],
    ["an annotation", "def f(c: Config):\n    probe(c.lr)", [1e-3, "default", "1e-3"]],
    ["a command line", "import tyro\nc = tyro.cli(Config)\nprobe(c.lr)", [1e-3, "default", "1e-3"]],
  ])("reads dataclasses: %s", (_name, text, value) => {
    expect(probed(DATACLASS + text)).toEqual(value);
  });

  test.each([
    ["a call", "probe(f())"],
    ["an unbound name", "probe(wd)"],
    ["two branches", "if a:\n    wd = 1\nelse:\n    wd = 2\nprobe(wd)"],
    ["a loop variable", "for wd in [1, 2]:\n    probe(wd)"],
    ["division by zero", "probe(1 / 0)"],
    ["calls that differ", "def f(wd=1):\n    probe(wd)\nf(2)\nf()"],
    ["a splat into the function", "def f(wd=1):\n    probe(wd)\nf(*a)"],
    ["a global that is set", "wd = 1\ndef g():\n    global wd\n    wd = 2\nprobe(wd)"],
    ["a key that is set", "cfg = {'wd': 0.1}\ncfg['wd'] = g()\nprobe(cfg['wd'])"],
    ["any key that is set", "cfg = {'wd': 0.1}\ncfg[k] = 1\nprobe(cfg['wd'])"],
    ["a dict that is updated", "cfg = {'wd': 0.1}\ncfg.update(other)\nprobe(cfg['wd'])"],
    ["an unknown splat", "cfg = {'wd': 0.1, **rest}\nprobe(cfg['wd'])"],
    ["get of an open record", "cfg = {k: 1}\nprobe(cfg.get('wd', 0.1))"],
    [
      "an attribute that is set twice",
      "class C:\n    def __init__(self):\n        self.wd = 0.1\n    def f(self):\n        self.wd = 0.2\n        probe(self.wd)",
    ],
    [
      "an attribute that shrinks",
      "class C:\n    def __init__(self):\n        self.wd = 0.1\n    def f(self):\n        self.wd *= 0.5\n        probe(self.wd)",
    ],
    ["a field without default", `${DATACLASS}probe(Config().steps)`],
    ["a factory", `${DATACLASS}probe(Config().names)`],
    ["a lambda's parameter", "f = lambda wd=1: probe(wd)"],
    ["a circle", "def f(a):\n    f(a)\n    probe(a)"],
    [
      "a function that returns twice",
      "def f():\n    if a:\n        return 1\n    return 2\nprobe(f())",
    ],
    ["half-typed", "probe(1 +"],
  ])("does not know %s", (_name, text) => expect(probed(text)).toBeUndefined());

  test("code that runs other code only has defaults", () => {
    const text = "wd = 0.1\nexec(open('configurator.py').read())\nprobe(wd)";
    expect(probed(text)).toEqual([0.1, "default", "0.1"]);
  });
});
