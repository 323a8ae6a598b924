import { describe, expect, test } from "vitest";
import { freezeFacts } from "../../../server/src/facts/freeze.ts";
import { factsOf } from "../../support/facts-of.ts";

function freezesIn(code: string): string[] {
  return factsOf(freezeFacts, code).map(({ form, isTrainable, selection }) => {
    const of = selection.map(({ model, condition }) => {
      const text = code.slice(model.span.start, model.span.end);
      return condition.kind === "always" ? text : `${text} if ${condition.kind}`;
    });
    return `${form}=${isTrainable}: ${of.join(", ")}`;
  });
}

describe("freezeFacts", () => {
  test.each([
    ["for p in m.body.parameters():\n    p.requires_grad = False", "requires_grad=false: m.body"],
    ["for p in m.parameters():\n    p.requires_grad_(False)", "requires_grad=false: m"],
    ["m.body.requires_grad_(False)", "requires_grad=false: m.body"],
    ["m.requires_grad_()", "requires_grad=true: m"],
    [
      "def f(m):\n    for n, p in m.named_parameters():\n        if 'fc' not in n:\n            p.requires_grad = False",
      "requires_grad=false: m if not",
    ],
    [
      "for n, p in m.named_parameters():\n    if n.startswith('fc'):\n        continue\n    p.requires_grad = False",
      "requires_grad=false: m if not",
    ],
    ["for p in m.head.parameters():\n    p.grad.zero_()", "zero gradient=false: m.head"],
    ["for p in m.head.parameters():\n    p.grad.data.zero_()", "zero gradient=false: m.head"],
    [
      "class A:\n    def f(self):\n        self.body.requires_grad_(False)",
      "requires_grad=false: self.body",
    ],
  ])("reads %j", (code, expected) => expect(freezesIn(`${code}\n`)).toEqual([expected]));

  test.each([
    "p.requires_grad = flag",
    "m.requires_grad_(flag)",
    "w.requires_grad = True",
    "x.grad.zero_()",
    "for p in params:\n    p.requires_grad = False",
    "for p in m.parameters(:\n    p.requires_grad =",
  ])("claims nothing of %j", (code) => expect(freezesIn(`${code}\n`)).toEqual([]));
});
