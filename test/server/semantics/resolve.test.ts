import { describe, expect, test } from "vitest";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import type { Expression } from "../../../server/src/syntax/python/ast.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";
import {
  expressionsIn,
  ownExpressions,
  statementsIn,
} from "../../../server/src/syntax/python/walk.ts";
import { showExpression } from "../../support/show-python.ts";

/** The program and the argument of its only call of `probe`. */
function probed(text: string) {
  const program = pythonProgram(parsePython(text));
  for (const statement of statementsIn(program.module.body)) {
    for (const root of ownExpressions(statement)) {
      for (const node of expressionsIn(root)) {
        if (node.kind !== "call" || showExpression(node.callee) !== "probe") continue;
        const argument = node.arguments[0]?.value;
        if (argument !== undefined) return { program, argument };
      }
    }
  }
  throw new RangeError(`No call of probe in ${text}`);
}

function qualifiedName(text: string): string | undefined {
  const { program, argument } = probed(text);
  return program.qualifiedName(argument);
}

/** What reaches the probed name, in a few words. */
function reaching(text: string): string | undefined {
  const { program, argument } = probed(text);
  if (argument.kind !== "name") throw new RangeError(`No name is probed in ${text}`);
  const definition = program.definition(argument);
  const show = (node: Expression) => showExpression(node);
  switch (definition?.kind) {
    case undefined:
      return undefined;
    case "assigned":
      return show(definition.value);
    case "unpacked":
      return `${definition.index} of ${show(definition.value)}`;
    case "nested":
      return `${definition.path.join(".")} of ${show(definition.value)}`;
    case "iterated":
      return ["each", ...definition.path, "of", show(definition.iterable)].join(" ");
    case "entered":
      return `with ${show(definition.context)}`;
    case "parameter":
      return `parameter of ${definition.function}`;
    case "imported":
      return `import ${definition.qualifiedName}`;
    case "defined":
      return `${definition.statement.kind}`;
  }
}

describe("qualifiedName()", () => {
  test.each([
    ["import torch\nprobe(torch.optim.Adam)", "torch.optim.Adam"],
    ["import torch.optim as o\nprobe(o.Adam)", "torch.optim.Adam"],
    ["from torch import optim\nprobe(optim.Adam)", "torch.optim.Adam"],
    ["from torch.optim import Adam as A\nprobe(A)", "torch.optim.Adam"],
    ["from torch.optim.adam import Adam\nprobe(Adam)", "torch.optim.Adam"],
    ["from torch.optim import *\nprobe(Adam)", "torch.optim.Adam"],
    ["from torch.optim import *\nprobe(Linear)", undefined],
    ["import torch.optim.lr_scheduler as s\nprobe(s.StepLR)", "torch.optim.lr_scheduler.StepLR"],
    ["import torch.nn.functional as F\nprobe(F.relu)", "torch.nn.functional.relu"],
    ["from torch.nn.modules.linear import Linear\nprobe(Linear)", "torch.nn.Linear"],
    ["import tensorflow as tf\nprobe(tf.keras.layers.Dense)", "keras.layers.Dense"],
    ["from tensorflow.keras.layers import *\nprobe(Dense)", "keras.layers.Dense"],
    ["from sklearn.linear_model._ridge import Ridge\nprobe(Ridge)", "sklearn.linear_model.Ridge"],
    ["import torch\nopt = torch.optim\nA = opt.Adam\nprobe(A)", "torch.optim.Adam"],
    ["import torch\ndef f():\n  probe(torch.nn)", "torch.nn"],
    ["try:\n  import torch\nexcept ImportError:\n  torch = None\nprobe(torch.nn)", "torch.nn"],
    ["from .optim import Adam\nprobe(Adam)", ".optim.Adam"],
    ["probe(nn.Linear)", "torch.nn.Linear"],
    ["probe(np.abs)", "numpy.abs"],
    ["probe(PCA)", "sklearn.decomposition.PCA"],
    ["nn = load()\nprobe(nn.Linear)", undefined],
    ["def f(F):\n  probe(F.relu)", undefined],
    ["class PCA: pass\nprobe(PCA)", undefined],
    ["from mine import *\nprobe(nn.Linear)", undefined],
    ["probe(model.fit)", undefined],
    ["import a\nprobe(a.b().c)", undefined],
  ])("%j", (text, name) => expect(qualifiedName(text)).toBe(name));
});

describe("definition()", () => {
  test.each([
    ["x = 1\nx = 2\nprobe(x)", "2"],
    ["x = 1\nprobe(x)\nx = 2", "1"],
    ["a, b = f()\nprobe(b)", "1 of f()"],
    ["a, b = 1, 2\nprobe(b)", "2"],
    ["a, *b = 1, 2\nprobe(a)", undefined],
    ["x = y = 3\nprobe(x)", "3"],
    ["x = 1\nx += 1\nprobe(x)", undefined],
    ["x = 1\nif c:\n  x = 2\nprobe(x)", undefined],
    ["x = 1\nif c:\n  x = 2\n  probe(x)", "2"],
    ["if c:\n  x = 2\nprobe(x)", "2"],
    ["if c:\n  x = 1\nelse:\n  x = 2\nprobe(x)", undefined],
    ["def f():\n  x = 1\n  if c:\n    x = 2\n    return x\n  probe(x)", "1"],
    ["x = 1\nfor i in r:\n  probe(x)\n  x = 2", undefined],
    ["x = 1\nfor i in r:\n  x = 2\n  probe(x)", "2"],
    ["x = 1\nfor i in r:\n  x = 2\nprobe(x)", undefined],
    ["for i in r:\n  probe(y)\n  y = 2", undefined],
    ["for i in r:\n  x = 2\nprobe(x)", "2"],
    ["while c:\n  x = 2\nprobe(x)", "2"],
    ["for a in r:\n  probe(a)", "each of r"],
    ["for i, (a, b) in r:\n  probe(b)", "each 1 1 of r"],
    ["for i, *a, b in r:\n  probe(b)", undefined],
    ["(a, b), (c, d) = f()\nprobe(c)", "1.0 of f()"],
    ["(a, b), (c, d) = f(), g()\nprobe(d)", "1 of g()"],
    ["[probe(a) for a in r]", "each of r"],
    ["a = 1\nz = [a for a in r]\nprobe(a)", "1"],
    ["with f() as x:\n  probe(x)", "with f()"],
    ["def f(x):\n  probe(x)", "parameter of f"],
    ["z = lambda x: probe(x)", "parameter of <lambda>"],
    ["x = 1\ndef f():\n  probe(x)", "1"],
    ["x = 1\ndef f():\n  probe(x)\nx = 2", undefined],
    ["x = 1\ndef f():\n  probe(x)\n  x = 2", undefined],
    ["x = 1\ndef f():\n  global x\n  x = 2\nprobe(x)", undefined],
    ["x = 1\nclass A:\n  x = 2\n  def f(self):\n    probe(x)", "1"],
    ["try:\n  x = 1\nexcept E:\n  x = 2\nprobe(x)", undefined],
    ["try:\n  x = 1\nexcept E:\n  raise\nprobe(x)", "1"],
    ["match s:\n  case x:\n    probe(x)", undefined],
    ["x = 1\ndel x\nprobe(x)", undefined],
    ["def f(): pass\nprobe(f)", "function"],
    ["theta := theta - 1\nprobe(theta)", "(theta - 1)"],
    ["probe(unknown)", undefined],
  ])("%j", (text, definition) => expect(reaching(text)).toBe(definition));
});
