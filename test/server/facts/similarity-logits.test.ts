import { expect, test } from "vitest";
import { similarityLogitsFacts } from "../../../server/src/facts/similarity-logits.ts";
import { factsOf } from "../../support/facts-of.ts";

const IMPORTS = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n";

const shown = (text: string) =>
  factsOf(similarityLogitsFacts, text).map(({ scales, sinks, norms }) => ({
    scales: scales
      .map(({ node, operator }) => `${operator}${text.slice(node.span.start, node.span.end)}`)
      .join(" "),
    sinks: sinks
      .map(
        ({ kind, isPairwise, isTransposed }) =>
          `${kind}${isPairwise ? " pairwise" : ""}${isTransposed ? " turned" : ""}`,
      )
      .join(", "),
    norms: norms && `${norms.left} ${norms.right}`,
  }));

test.each([
  [
    "both directions of scaled cosines",
    "a = F.normalize(x)\nb = y / y.norm(dim=-1, keepdim=True)\nlogits = a @ b.t() / 0.07\nlabels = torch.arange(8, device=d)\nloss = F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), target=labels)",
    {
      scales: "/0.07",
      sinks: "cross entropy pairwise, cross entropy pairwise turned",
      norms: "unit unit",
    },
  ],
  [
    "a scale in front of one side",
    "logits = scale * a @ b.T\nloss = nn.CrossEntropyLoss()(logits, labels)",
    { scales: "*scale", sinks: "cross entropy", norms: "unknown unknown" },
  ],
  [
    "a softmax in the form of a method",
    "p = (a @ b.T * temp).softmax(dim=-1)",
    { scales: "*temp", sinks: "softmax", norms: "unknown unknown" },
  ],
])("similarityLogitsFacts finds %s", (_name, body, expected) => {
  expect(shown(IMPORTS + body)).toEqual([expected]);
});

test("similarityLogitsFacts knows how layers and helpers of the document normalise", () => {
  const code = `${IMPORTS}
class Encoder(nn.Module):
    def forward(self, x):
        return F.normalize(self.layer(x))

class Model(nn.Module):
    def __init__(self):
        self.unit = Encoder()
        self.free = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4))

    def forward(self, x, y):
        return self.unit(x) @ self.free(y).t()
`;
  expect(shown(code)).toEqual([{ scales: "", sinks: "", norms: "unit free" }]);
});

test.each([
  ["a product without a second side", "h = w @ x"],
  ["attention weights that nothing scales", "p = scores.softmax(-1)"],
  ["half-typed", "loss = F.cross_entropy(a @ b.t("],
])("similarityLogitsFacts leaves %s alone", (_name, body) => {
  expect(shown(IMPORTS + body)).toEqual([]);
});
