import { describe, expect, test } from "vitest";
import { noRegularizerEvidence as rule } from "../../../../server/src/rules/missing/no-regularizer-evidence.ts";
import { applyEdits, checkRule, findingsOf } from "../../../support/check-rule.ts";

const NET = `from torch import nn, optim
import torch

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.out = nn.Linear(32, 10)

    def forward(self, x):
        return self.out(self.conv2(self.conv1(x)).mean((2, 3)))

`;
const LOOP = `
criterion = nn.CrossEntropyLoss()
for x, y in loader:
    opt.zero_grad()
    criterion(net(x), y).backward()
    opt.step()
`;
/** A program around the line that builds the optimizer. */
const program = (optimizer: string) => `${NET}net = Net()\n${optimizer}${LOOP}`;

describe("no-regularizer-evidence", () => {
  test.each([
    "opt = «optim.Adam»(net.parameters(), lr=1e-3)",
    "opt = «torch.optim.SGD»(net.parameters(), 0.1, 0.9)",
    "opt = «optim.RMSprop»(net.parameters(), lr=1e-3)",
    "opt = «optim.NAdam»(list(net.parameters()))",
    "parameters = net.parameters()\nopt = «optim.Adam»(parameters)",
    "moved = net.to('cuda')\nopt = «optim.Adam»(moved.parameters())",
    "import torch.optim as o\nopt = «o.Adam»(net.parameters())",
    "from torch.optim import Adam as A\nopt = «A»(net.parameters())",
    "both = nn.DataParallel(net)\nopt = «optim.Adam»(both.parameters())",
  ])("marks %s", (line) => checkRule(rule, program(line)));

  test("marks a set-up whose loop is still to be written", () => {
    checkRule(rule, `${NET}net = Net()\nopt = «optim.Adam»(net.parameters())\nloss = nn.MSELoss()`);
  });

  test("marks a snippet whose names stand elsewhere", () => {
    const loop = "for x, y in loader:\n    loss = ce(net(x), y); loss.backward(); opt.step()\n";
    checkRule(rule, `opt = «torch.optim.Adam»(net.parameters(), lr=1e-3)\n${loop}`);
  });

  test("marks the optimizer of a Lightning module", () => {
    checkRule(
      rule,
      `import torch, lightning
from torch import nn
class Net(lightning.LightningModule):
    def __init__(self):
        self.a = nn.Linear(9, 9)
        self.b = nn.Linear(9, 9)
        self.c = nn.Linear(9, 2)
    def configure_optimizers(self):
        return «torch.optim.Adam»(self.parameters())`,
    );
    const code =
      "class Small(nn.Module):\n  def __init__(self):\n    self.opt = torch.optim.Adam(self.parameters())\nloss.backward()";
    expect(findingsOf(rule, code)[0]?.message).toContain("`Small`");
  });

  test("marks a Keras model by call and by name", () => {
    const net =
      "net = keras.Sequential([keras.layers.Dense(64), keras.layers.Dense(64), keras.layers.Dense(2)])";
    const fit = "net.fit(x, y, epochs=9)";
    checkRule(rule, `import keras\n${net}\nnet.compile(optimizer=«"adam"», loss="mse")\n${fit}`);
    checkRule(rule, `import keras\n${net}\nnet.compile(«keras.optimizers.Adam»(1e-3))\n${fit}`);
    checkRule(
      rule,
      `import tensorflow as tf\nfrom tensorflow import keras\n${net}\nopt = «tf.keras.optimizers.SGD»(0.1)\nnet.compile(opt)\n${fit}`,
    );
  });

  test("still reads the code around an unfinished line", () => {
    checkRule(rule, program("opt = «optim.Adam»(net.parameters(), lr=\n"));
  });

  test.each([
    ["decay given", "opt = optim.Adam(net.parameters(), weight_decay=1e-4)"],
    ["decay 0 is a decision", "opt = optim.Adam(net.parameters(), weight_decay=0)"],
    ["decay unknown", "opt = optim.Adam(net.parameters(), weight_decay=args.wd)"],
    ["decay by position", "opt = optim.SGD(net.parameters(), 0.1, 0.9, 0, 5e-4)"],
    ["options from elsewhere", "opt = optim.Adam(net.parameters(), **options)"],
    ["a default that is not 0", "opt = optim.AdamW(net.parameters())"],
    ["no such option", "opt = optim.LBFGS(net.parameters())"],
    ["a list of tensors", "opt = optim.Adam([w, b], lr=0.1)"],
    ["groups", "opt = optim.Adam([{'params': net.parameters(), 'weight_decay': 0.1}])"],
    ["a part of the model", "opt = optim.Adam(net.out.parameters())"],
    ["chosen parameters", "opt = optim.Adam(filter(lambda p: p.requires_grad, net.parameters()))"],
    ["frozen layers", "net.conv1.requires_grad_(False)\nopt = optim.Adam(net.parameters())"],
    ["another library", "from mine import Adam\nopt = Adam(net.parameters())"],
    ["reinforcement learning", "import gymnasium\nopt = optim.Adam(net.parameters())"],
    ["a GAN", "discriminator = Net()\nopt = optim.Adam(net.parameters())"],
    ["a VAE", "def reparameterize(mu, logvar): pass\nopt = optim.Adam(net.parameters())"],
    ["diffusion", "alphas_cumprod = f()\nopt = optim.Adam(net.parameters())"],
    [
      "a model from elsewhere",
      "from zoo import Big\nnet = Big()\nopt = optim.Adam(net.parameters())",
    ],
    ["a parameter", "def train(model):\n    opt = optim.Adam(model.parameters())"],
    ["dropout", "drop = nn.Dropout(0.2)\nopt = optim.Adam(net.parameters())"],
    [
      "a penalty",
      "l2 = sum(p.pow(2).sum() for p in net.parameters())\nopt = optim.Adam(net.parameters())",
    ],
    [
      "an unnamed penalty",
      "f(sum((p ** 2).sum() for p in net.parameters()))\nopt = optim.Adam(net.parameters())",
    ],
    [
      "label smoothing",
      "ce = nn.CrossEntropyLoss(label_smoothing=0.1)\nopt = optim.Adam(net.parameters())",
    ],
    ["augmentation", "t = transforms.RandomHorizontalFlip()\nopt = optim.Adam(net.parameters())"],
    ["mixup", "x, y = mixup_batch(x, y)\nopt = optim.Adam(net.parameters())"],
    ["early stopping", "patience = 5\nopt = optim.Adam(net.parameters())"],
    ["spectral norm", "s = nn.utils.spectral_norm(net.out)\nopt = optim.Adam(net.parameters())"],
  ])("stays silent: %s", (_name, line) => checkRule(rule, program(line)));

  test("stays silent without training, in tests and in benchmarks", () => {
    checkRule(rule, `${NET}net = Net()\nopt = optim.Adam(net.parameters())`);
    const code = program("opt = optim.Adam(net.parameters())");
    checkRule(rule, code, undefined, { path: "tests/test_step.py" });
    checkRule(rule, code, undefined, { path: "benchmarks/step.py" });
  });

  test.each([
    ["dropout switched off", "drop = nn.Dropout(0.0)"],
    ["a regularizer that is None", "f(kernel_regularizer=None)"],
    ["a count of parameters", "n = sum(p.numel() for p in net.parameters())"],
    ["a random sampler", "s = torch.utils.data.RandomSampler(d)"],
    ["the ratio of another library", "frame.drop(columns=['a'])"],
    ["layers called l1 and l2", "l1 = nn.Linear(2, 2)\nl2 = nn.Linear(2, 2)"],
    ["an L1 data loss", "c = nn.L1Loss()"],
    [
      "a penalty of a NumPy model",
      "import numpy as np\nlam_l2 = 0.1\ndef ridge(w, lam_l2):\n    return lam_l2 * np.dot(w, w)",
    ],
  ])("is not misled by %s", (_name, line) => {
    checkRule(rule, program(`${line}\nopt = «optim.Adam»(net.parameters())`));
  });

  test("looks at the regularizers of the model that is trained", () => {
    const other = `class Other(nn.Module):
    def __init__(self):
        self.drop = nn.Dropout(0.5)
    def forward(self, x):
        return self.drop(x)
`;
    checkRule(rule, program(`${other}opt = «optim.Adam»(net.parameters())`));
    const part = program(`${other}opt = optim.Adam(net.parameters())`);
    checkRule(rule, part.replace("nn.Linear(32, 10)", "Other()"));
  });

  test.each([
    ["two hidden layers", "nn.Linear(9, 9), nn.Linear(9, 9), nn.Linear(9, 2)", "warning"],
    ["one hidden layer", "nn.Linear(9, 9), nn.Linear(9, 2)", "information"],
    ["a linear model", "nn.Linear(9, 2)", "information"],
  ])("is a matter of size: %s", (_name, layers, severity) => {
    const code = `net = nn.Sequential(${layers})\nopt = optim.Adam(net.parameters())\nloss.backward()`;
    expect(findingsOf(rule, code).map((finding) => finding.severity)).toEqual([severity]);
  });

  test.each([
    [
      "a function with layers",
      "    return nn.Sequential(nn.Linear(9, 9), nn.Linear(9, 9), nn.Linear(9, 2))",
      "warning",
    ],
    ["a function with none", "    return nn.Sequential(*stack)", "information"],
  ])("is a matter of what is in sight: %s", (_name, body, severity) => {
    const code = `def build():\n${body}\nnet = build()\nopt = optim.Adam(net.parameters())\nloss.backward()`;
    expect(findingsOf(rule, code).map((finding) => finding.severity)).toEqual([severity]);
  });

  test("stays silent about a layer that trains itself", () => {
    const code = `class Layer(nn.Linear):
    def __init__(self, n, m):
        super().__init__(n, m)
        self.opt = optim.Adam(self.parameters())
    def fit(self, x):
        self(x).pow(2).mean().backward()
        self.opt.step()
`;
    checkRule(rule, code);
  });

  test.each([
    ["a straight line", "nn.Linear(1, 1)", false],
    ["a regression on a few columns", "nn.Linear(20, 1)", false],
    ["a regression on many columns", "nn.Linear(5000, 1)", true],
    ["several outputs", "nn.Linear(20, 10)", true],
    ["a table of vectors below", "nn.Sequential(nn.Embedding(9000, 20), nn.Linear(20, 1))", true],
  ])("asks what could be memorised: %s", (_name, net, isMarked) => {
    const code = `net = ${net}\nopt = optim.SGD(net.parameters(), 0.1)\nloss.backward()`;
    expect(findingsOf(rule, code)).toHaveLength(isMarked ? 1 : 0);
  });

  test("says nothing about a Keras regression of one output", () => {
    const regression = (first: string) => `import keras
first = ${first}
net = keras.Sequential([first, keras.layers.Dense(1)])
net.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse")
net.fit(x, y)`;
    checkRule(rule, regression("keras.layers.Normalization()"));
    expect(findingsOf(rule, regression("keras.layers.TextVectorization(20000)"))).toHaveLength(1);
  });

  test.each([
    ["toy data", "data = ToyDataset(a, b)"],
    ["random data", "data = RandomDataset(32, 64)"],
    ["another optimizer's decay", "other = optim.Adam(net.parameters(), weight_decay=args.wd)"],
    ["targets without a signal", "y = torch.randn(20, 5).to(device)"],
    ["restored images", "quality = psnr(net(x), y)"],
  ])("stays silent about %s", (_name, line) => {
    checkRule(rule, program(`${line}\nopt = optim.Adam(net.parameters())`));
  });

  test("stays silent about a model that is called a stand-in", () => {
    const code = program("opt = optim.Adam(net.parameters())");
    checkRule(rule, code.replaceAll(/\bNet\b/g, "ToyNet"));
    checkRule(rule, code.replaceAll(/\bNet\b/g, "BoringModel"));
    expect(findingsOf(rule, code.replaceAll(/\bNet\b/g, "Toyota"))).toHaveLength(1);
  });

  test("speaks where drawn labels shape the images that are made of them", () => {
    const make = (body: string) =>
      program(
        `def make(n):\n    labels = torch.randint(0, 2, (n,))\n    ${body}\n    return images, labels\nopt = optim.Adam(net.parameters())`,
      );
    expect(findingsOf(rule, make("images = torch.where(labels == 0, rows, columns)"))).toHaveLength(
      1,
    );
    expect(findingsOf(rule, make("images = noise(n)"))).toEqual([]);
  });

  test.each([
    "X = torch.randn(99, 3)",
    "X_train = torch.tensor([[-1.2, 3.1], [2.3, -1.1]])",
    "X_train_num = np.random.rand(10_000, 8)",
    "X = torch.rand(99, 3)\ny = 3 * X + torch.randn(99, 3)",
  ])("says little about made-up data: %s", (line) => {
    const code = program(`${line}\nopt = optim.Adam(net.parameters())`);
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["information"]);
  });

  test("offers AdamW, dropout and label smoothing, each of which settles it", () => {
    const code = program("opt = optim.Adam(net.parameters(), lr=1e-3)");
    const [finding] = findingsOf(rule, code);
    const texts = finding?.fixes.map(({ edits }) => applyEdits(code, edits)) ?? [];
    expect(texts).toHaveLength(3);
    expect(texts[0]).toContain("optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)");
    expect(texts[1]).toContain(
      "        self.out = nn.Linear(32, 10)\n        self.dropout = nn.Dropout(0.5)\n",
    );
    expect(texts[1]).toContain("self.out(self.dropout(self.conv2(self.conv1(x)).mean((2, 3))))");
    expect(texts[2]).toContain("nn.CrossEntropyLoss(label_smoothing=0.1)");
    for (const text of texts) expect(findingsOf(rule, text)).toEqual([]);
  });

  test("offers the import that a bare name needs", () => {
    const code = "from torch.optim import Adam\nopt = Adam(net.parameters(),)\nloss.backward()";
    const fixed =
      "from torch.optim import Adam, AdamW\nopt = AdamW(net.parameters(), weight_decay=0.01,)\nloss.backward()";
    checkRule(rule, code.replace("= Adam", "= «Adam»"), fixed);
  });

  test("offers decay, dropout and early stopping for Keras", () => {
    const code =
      'import keras\nnet = keras.Sequential([keras.layers.Dense(64), keras.layers.Dense(2)])\nnet.compile("adam")\nnet.fit(x, y)';
    const [finding] = findingsOf(rule, code);
    const texts = finding?.fixes.map(({ edits }) => applyEdits(code, edits)) ?? [];
    expect(texts[0]).toContain('net.compile("adamw")');
    expect(texts[1]).toContain("keras.layers.Dropout(0.5), keras.layers.Dense(2)]");
    expect(texts[2]).toContain(
      "net.fit(x, y, validation_split=0.2, callbacks=[keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)])",
    );
    for (const text of texts) expect(findingsOf(rule, text)).toEqual([]);
  });

  describe("a model of another file", () => {
    const code = `from torch import optim\nfrom net import Net\nfrom data import loader\nnet = Net()\nopt = «optim.Adam»(net.parameters())${LOOP}`;
    const files = [{ path: "net.py", text: NET }];

    test("is seen, with an information and without a fix in that file", () => {
      checkRule(rule, code, undefined, { files });
      const [finding] = findingsOf(rule, code.replaceAll(/[«»]/g, ""), { files });
      expect(finding?.severity).toBe("information");
      const spans = finding?.fixes.flatMap(({ edits }) => edits.map(({ span }) => span.end)) ?? [];
      expect(Math.max(...spans)).toBeLessThan(code.length);
    });

    test.each([
      [
        "its own dropout",
        [
          {
            path: "net.py",
            text: NET.replace(
              "nn.Linear(32, 10)",
              "nn.Sequential(nn.Dropout(0.5), nn.Linear(32, 10))",
            ),
          },
        ],
      ],
      ["augmented data", [...files, { path: "data.py", text: "t = transforms.RandomCrop(32)\n" }]],
      ["a part from elsewhere", [{ path: "net.py", text: NET.replace("nn.Linear(32", "Head(32") }]],
      [
        "another kind of model",
        [{ path: "net.py", text: `${NET}\ndef reparameterize(mu): return mu\n` }],
      ],
      ["no such file", []],
    ])("stays silent: %s", (_name, others) => {
      checkRule(rule, code.replaceAll(/[«»]/g, ""), undefined, { files: others });
    });
  });

  test("its documentation holds", () => {
    expect(findingsOf(rule, rule.docs.bad)).toHaveLength(1);
    expect(findingsOf(rule, rule.docs.good)).toEqual([]);
  });
});
