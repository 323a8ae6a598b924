import { describe, expect, test } from "vitest";
import { optimizerWithoutWeightDecay as rule } from "../../../../server/src/rules/missing/optimizer-without-weight-decay.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const net = "net = nn.Sequential(nn.Linear(9, 9), nn.Dropout(0.5), nn.Linear(9, 2))\n";
const loss = "\ncriterion = nn.CrossEntropyLoss()\n";

describe("optimizer-without-weight-decay", () => {
  test("marks Adam beside dropout and offers AdamW first", () => {
    checkRule(
      rule,
      `${net}opt = «optim.Adam»(net.parameters(), lr=1e-3)${loss}`,
      `${net}opt = optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)${loss}`,
    );
  });

  test("offers the keyword in place as well", () => {
    checkRule(
      rule,
      `${net}opt = «optim.Adam»(net.parameters())${loss}`,
      `${net}opt = optim.Adam(net.parameters(), weight_decay=1e-4)${loss}`,
      { fix: 1 },
    );
  });

  test.each([
    ["SGD", "weight_decay=1e-4"],
    ["RMSprop", "weight_decay=1e-4"],
    ["NAdam", "weight_decay=0.01, decoupled_weight_decay=True"],
  ])("knows what %s takes", (name, argument) => {
    checkRule(
      rule,
      `${net}opt = «optim.${name}»(net.parameters(), 0.1)${loss}`,
      `${net}opt = optim.${name}(net.parameters(), 0.1, ${argument})${loss}`,
    );
  });

  test("sees the dropout of a recurrent classifier", () => {
    const code = `import torch.nn as nn
import torch.optim as optim
class Reviews(nn.Module):
    def __init__(self, words, width, dropout):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.rnn = nn.LSTM(width, width, bidirectional=True, dropout=dropout)
        self.score = nn.Linear(2 * width, 1)
        self.drop = nn.Dropout(dropout)
    def forward(self, text):
        return self.score(self.drop(self.rnn(self.words(text))[0]))
model = Reviews(20000, 100, 0.5)
optimizer = «optim.Adam»(model.parameters())
criterion = nn.BCEWithLogitsLoss()
model = model.to(device)
`;
    checkRule(rule, code);
    const [finding] = findingsOf(rule, code.replaceAll(/[«»]/g, ""));
    expect(finding?.severity).toBe("information");
    expect(finding?.message).toContain("only dropout");
    expect(finding?.related).toHaveLength(1);
  });

  test.each([
    ["dropout in a functional call", "h = F.dropout(h, 0.3)"],
    ["a Transformer layer's own dropout", "e = nn.TransformerEncoderLayer(64, 4)"],
    ["augmentation", "t = transforms.ColorJitter(0.2)"],
    ["early stopping", "stopper = EarlyStopping(3)"],
  ])("marks beside %s", (_name, line) => {
    checkRule(rule, `${line}\nopt = «optim.Adam»(net.parameters())\nloss.backward()`);
  });

  test.each([
    ["dropout of two kinds", "h = F.dropout(nn.Dropout(0.1)(h), 0.3)", "information"],
    ["dropout and augmentation", "h = nn.Dropout(0.1)(ColorJitter(0.2)(h))", "hint"],
    ["augmentation alone", "h = transforms.ColorJitter(0.2)(h)", "hint"],
  ])("beside %s", (_name, line, severity) => {
    const code = `${line}\nopt = optim.Adam(net.parameters())\nloss.backward()`;
    expect(findingsOf(rule, code).map((finding) => finding.severity)).toEqual([severity]);
  });

  test("looks at the stack that is trained, and at those that it is made of", () => {
    const other = "other = nn.Sequential(nn.Linear(9, 9), nn.Dropout(0.5))\n";
    const rest = "\nopt = «optim.Adam»(net.parameters())\nloss.backward()";
    checkRule(rule, `${other}net = nn.Sequential(other, nn.Linear(9, 2))${rest}`);
    checkRule(rule, `${other}net = nn.Sequential(nn.Dropout(0.5), nn.Linear(9, 2))${rest}`);
    checkRule(rule, `drop = nn.Dropout(0.5)\nnet = nn.Sequential(drop, nn.Linear(9, 2))${rest}`);
    checkRule(rule, `net = nn.Sequential(nn.Linear(9, 2))\nnet.append(nn.Dropout(0.5))${rest}`);
    const named = `${other}flat = nn.Flatten()\nnet = nn.Sequential(flat, nn.Linear(9, 2))${rest}`;
    checkRule(rule, named.replaceAll(/[«»]/g, ""));
    const plain = `n = 9 - 1\n${other}net = nn.Sequential(nn.Linear(9, n), nn.Linear(n, 2))${rest}`;
    checkRule(rule, plain.replaceAll(/[«»]/g, ""));
  });

  test("credits each of several models with what stands beside it", () => {
    const stack = (layers: string) => `net = nn.Sequential(${layers}nn.Linear(9, 2))\n`;
    const step = "opt = optim.Adam(net.parameters())\nloss.backward()\n";
    const plain = stack("") + step;
    // The first model is trained before anything stops early, and a third one has dropout.
    const dropping = stack("nn.Dropout(0.5), ") + step;
    checkRule(rule, `${plain}l2_reg = penalty()\n${plain}`, undefined);
    const code = `${plain}${dropping}`;
    expect(findingsOf(rule, code).map(({ span }) => span.start)).toEqual([
      code.lastIndexOf("optim.Adam"),
    ]);
    const loaded = "net = load()\nopt = optim.Adam(net.parameters())\nloss.backward()\n";
    checkRule(rule, `${plain}${loaded}h = EarlyStopping(3)\n`);
    const own =
      "class Net(nn.Module):\n  def __init__(self):\n    self.a = nn.Linear(9, 9)\nnet = Net()\n";
    checkRule(rule, `${plain}${own}${step}h = EarlyStopping(3)\nloss.backward()\n`);
    const moved = `${stack("")}net = net.to(device)\n${step}`;
    expect(findingsOf(rule, `${plain}${moved}h = EarlyStopping(3)\nloss.backward()`)).toHaveLength(
      1,
    );
    const stopping = `stopper = EarlyStopping(3)\n${plain}${plain}`;
    expect(findingsOf(rule, stopping)).toHaveLength(1);
  });

  test.each([
    ["a penalty in the loss", "loss = ce + lam * l2_penalty\nh = F.dropout(h, 0.3)"],
    ["a penalty of a layer", "d = Dense(9, kernel_regularizer=r)\nh = F.dropout(h, 0.3)"],
    ["a bound on the norm", "c = MaxNorm(3)\nh = F.dropout(h, 0.3)"],
  ])("stays silent beside %s", (_name, line) => {
    checkRule(rule, `${line}\nopt = optim.Adam(net.parameters())\nloss.backward()`);
  });

  test.each([
    ["dropout is switched off where the model is made", "m = Transformer(Args(dropout_p=0))"],
    ["only the random numbers of a dropout are in sight", ""],
  ])("stays silent: %s", (_name, line) => {
    const from = line === "" ? "f(rngs=dict(dropout=dropout_rng))" : "h = F.dropout(h, p)";
    checkRule(rule, `${line}\n${from}\nopt = optim.Adam(net.parameters())\nloss.backward()`);
  });

  test("stays silent where another file's dropout is switched off here", () => {
    const net =
      "from torch import nn\nclass Net(nn.Module):\n    def __init__(self, drop_rate=0.1):\n        self.a = nn.Linear(9, 9)\n        self.drop = nn.Dropout(drop_rate)\n";
    const code = (rate: string) =>
      `from torch import optim\nfrom net import Net\nnet = Net(drop_rate=${rate})\nopt = optim.Adam(net.parameters())\nloss.backward()\n`;
    const files = [{ path: "net.py", text: net }];
    expect(findingsOf(rule, code("0.0"), { files })).toEqual([]);
    expect(findingsOf(rule, code("0.3"), { files })).toHaveLength(1);
  });

  test("hints once a file", () => {
    checkRule(
      rule,
      `${net}a = «optim.Adam»(net.parameters())\nb = optim.SGD(net.parameters(), 1)${loss}`,
    );
  });

  test.each([
    ["decay given", `${net}opt = optim.Adam(net.parameters(), weight_decay=1e-4)${loss}`],
    ["decay 0 is a decision", `${net}opt = optim.Adam(net.parameters(), weight_decay=0)${loss}`],
    ["AdamW", `${net}opt = optim.AdamW(net.parameters())${loss}`],
    ["options from elsewhere", `${net}opt = optim.Adam(net.parameters(), **kw)${loss}`],
    ["a GAN", `${net}discriminator = f()\nopt = optim.Adam(net.parameters())${loss}`],
    ["nothing found: another rule's case", `opt = optim.Adam(net.parameters())${loss}`],
    [
      "groups set by hand",
      `${net}opt = optim.Adam(net.parameters())\ng['weight_decay'] = 1${loss}`,
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("its documentation holds", () => {
    const { bad, good } = rule.docs;
    const [finding, ...others] = findingsOf(rule, bad);
    expect(others).toEqual([]);
    expect(applyEdits(bad, finding?.fixes[0]?.edits ?? [])).toBe(good);
    expect(findingsOf(rule, good)).toEqual([]);
  });
});

test("optimizer-without-weight-decay sees the dropout of a model in another file", () => {
  const net = `from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(9, 9)
        self.drop = nn.Dropout(0.5)
`;
  const code = `from torch import optim
from net import Net
net = Net()
opt = optim.Adam(net.parameters())
loss.backward()
`;
  const [finding] = findingsOf(rule, code, { files: [{ path: "net.py", text: net }] });
  expect(finding?.message).toContain("only dropout");
  expect(finding?.related[0]).toMatchObject({ place: { path: "net.py", start: { line: 5 } } });
});
