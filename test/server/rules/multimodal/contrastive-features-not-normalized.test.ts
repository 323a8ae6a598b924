import { describe, expect, test } from "vitest";
import { contrastiveFeaturesNotNormalized as rule } from "../../../../server/src/rules/multimodal/contrastive-features-not-normalized.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const model = (body: string, layers = "nn.Linear(8, 4)") => `import torch
import torch.nn.functional as fn
from torch import nn

class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = ${layers}
        self.b = nn.Linear(8, 4)
        self.criterion = nn.CrossEntropyLoss()

    def project(self, x):
        return self.a(x)

    def forward(self, x, y, encoder):
        labels = torch.arange(len(x), device=x.device)
        ${body.replaceAll("\n", "\n        ")}
`;

describe("contrastive-features-not-normalized", () => {
  test.each([
    ["a divisor", "return fn.cross_entropy(«self.a(x) @ self.b(y).t()» / 0.07, labels)"],
    [
      "a loss object and an einsum",
      "u, v = self.a(x), self.b(y)\nlogits = «torch.einsum('nc,mc->nm', u, v)» * self.scale\nreturn self.criterion(logits, labels)",
    ],
    [
      "a helper of the class",
      "logits = «torch.matmul(self.project(x), self.b(y).T)» / self.temperature\nreturn fn.cross_entropy(logits, target=labels)",
    ],
  ])("finds products of plain layers: %s", (_name, body) => checkRule(rule, model(body)));

  test("normalises both sides", () => {
    checkRule(
      rule,
      model("u = self.a(x)\nv = self.b(y)\nreturn fn.cross_entropy(«u @ v.t()» / 0.07, labels)"),
      model(
        "u = self.a(x)\nv = self.b(y)\nreturn fn.cross_entropy(torch.nn.functional.normalize(u, dim=-1) @ torch.nn.functional.normalize(v, dim=-1).t() / 0.07, labels)",
      ),
    );
    expect(
      findingsOf(
        rule,
        model("u = self.a(x)\nv = self.b(y)\nreturn fn.cross_entropy(u @ v.t() / 0.07, labels)"),
      )[0]?.message,
    ).toBe(
      "Neither `u` nor `v` is normalised, so the length of the features sets these logits as much as their direction.",
    );
  });

  test.each([
    [
      "normalised",
      "u = fn.normalize(self.a(x), dim=-1)\nv = fn.normalize(self.b(y), dim=-1)\nreturn fn.cross_entropy(u @ v.t() / 0.07, labels)",
    ],
    [
      "divided by the norm",
      "u = self.a(x)\nu = u / u.norm(dim=-1, keepdim=True)\nreturn fn.cross_entropy(u @ self.b(y).t() / 0.07, labels)",
    ],
    [
      "one side is from elsewhere",
      "return fn.cross_entropy(encoder(x) @ self.b(y).t() / 0.07, labels)",
    ],
    ["no temperature", "return fn.cross_entropy(self.a(x) @ self.b(y).t(), labels)"],
    ["classes", "return fn.cross_entropy(self.a(x) @ self.b(y).t() / 0.07, y)"],
    [
      "cosines",
      "return fn.cross_entropy(fn.cosine_similarity(self.a(x), self.b(y)) / 0.07, labels)",
    ],
    ["half-typed", "return fn.cross_entropy(self.a(x) @ self.b(y).t() / 0.07, torch.arange("],
  ])("stays silent: %s", (_name, body) => checkRule(rule, model(body)));

  test("stays silent on layers that are not in sight", () => {
    checkRule(
      rule,
      model("return fn.cross_entropy(self.a(x) @ self.b(y).t() / 0.07, labels)", "Tower()"),
    );
  });
});
