import { describe, expect, test } from "vitest";
import { trainingFacts } from "../../../server/src/facts/training.ts";
import { factsOf } from "../../support/facts-of.ts";

const LOSS = "\nloss = nn.MSELoss()\n";

describe("trainingFacts", () => {
  test("joins the optimizer, the model and what regularizes it", () => {
    const text = `class Net(nn.Module):
    def __init__(self):
        self.a = nn.Linear(3, 4)
        self.drop = nn.Dropout(0.2)
        self.b = Head()
class Head(nn.Module):
    def __init__(self):
        self.c = nn.Linear(4, 2)
class Other(nn.Module):
    def __init__(self):
        self.drop = nn.Dropout(0.2)
    def forward(self, x):
        return x
net = Net().to(device)
opt = optim.SGD(net.parameters(), 0.1)${LOSS}`;
    const [fact, ...others] = factsOf(trainingFacts, text);
    expect(others).toEqual([]);
    expect(fact?.optimizer.name).toBe("SGD");
    expect(fact?.regularizers.map(({ owner }) => owner?.name)).toEqual(["Net"]);
    expect(fact?.weightLayers).toHaveLength(2);
    expect(fact?.isToyData).toBe(false);
    expect(fact?.view.kind === "classes" && fact.view.classes.map(({ name }) => name)).toEqual([
      "Net",
      "Head",
    ]);
  });

  test.each([
    ["net = nn.Sequential(nn.Linear(2, 2))", "built"],
    ["body = resnet18()\nnet = nn.Sequential(body, nn.Linear(2, 2))", "unknown"],
    ["n = len(x)\nnet = nn.Sequential(nn.Linear(int(n), 2))", "built"],
    ["from zoo import body\nnet = nn.Sequential(body(), nn.Linear(2, 2))", "unknown"],
    [
      "import torchvision\nb = torchvision.models.vgg16()\nnet = nn.Sequential(b, nn.Linear(2, 2))",
      "unknown",
    ],
    ["def make():\n  return nn.Linear(2, 2)\nnet = make()", "built"],
    ["from zoo import net", "unknown"],
    ["from zoo import Base\nclass Net(Base): pass\nnet = Net()", "unknown"],
    ["net = torch.compile(nn.Linear(2, 3))", "built"],
    ["", "unbound"],
  ])("sees of the model in %j: %s", (text, kind) => {
    const [fact] = factsOf(trainingFacts, `${text}\nopt = optim.Adam(net.parameters())${LOSS}`);
    expect(fact?.view.kind).toBe(kind);
  });

  test("follows a model that a trainer class holds", () => {
    const text = `class Trainer:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(2, 3))
        self.opt = optim.Adam(self.net.parameters())
    def step(self, x):
        self.net(x).backward()`;
    expect(factsOf(trainingFacts, text)[0]?.view.kind).toBe("built");
  });

  test.each([
    ["nothing trains", "opt = optim.Adam(net.parameters())"],
    [
      "decay is set on the groups",
      `opt = optim.Adam(net.parameters())\ng['weight_decay'] = 0.1${LOSS}`,
    ],
    [
      "only adapters are trained",
      `m = get_peft_model(net)\nopt = optim.Adam(net.parameters())${LOSS}`,
    ],
    ["a tensor is trained", `x = torch.randn(3)\nopt = optim.Adam([x])${LOSS}`],
    ["two models share it", `opt = optim.Adam(list(a.parameters()) + list(b.parameters()))${LOSS}`],
  ])("finds none where %s", (_name, text) => expect(factsOf(trainingFacts, text)).toEqual([]));
});
