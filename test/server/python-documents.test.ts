import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { parse } from "../../server/src/engine/parse.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { noRegularizerEvidence } from "../../server/src/rules/missing/no-regularizer-evidence.ts";
import { optimizerWithoutWeightDecay } from "../../server/src/rules/missing/optimizer-without-weight-decay.ts";
import { classifierOnContinuousTarget } from "../../server/src/rules/selection/classifier-on-continuous-target.ts";
import { scoredOnTrainingData } from "../../server/src/rules/selection/scored-on-training-data.ts";
import { yPassedToUnsupervisedFit } from "../../server/src/rules/selection/y-passed-to-unsupervised-fit.ts";

const RULES = [
  noRegularizerEvidence,
  optimizerWithoutWeightDecay,
  scoredOnTrainingData,
  yPassedToUnsupervisedFit,
  classifierOnContinuousTarget,
];

/** Code of each finding with its line, from 1. */
function findings(text: string): string[] {
  const document = { path: "block.py", language: "python", text, project: NO_PROJECT } as const;
  return lint(document, parse(document), RULES).map(
    ({ code, span }) => `${code}:${text.slice(0, span.start).split("\n").length}`,
  );
}

// A tutorial as its blocks: imports in one, a model in the next, training that is only announced.
const RIDGE = `import numpy as np
X = np.random.randn(50, 2)
y = X @ np.ones(2) + np.random.randn(50)
def fit_ridge(X, y, l2_strength):
    theta = np.zeros(2)
    for _ in range(100):
        theta -= 0.1 * (X.T @ (X @ theta - y) / 50 + l2_strength / 50 * theta)
    return theta
l2_strength = 0.1
theta = fit_ridge(X, y, l2_strength)
`;
const REVIEWS = `import torch
import torch.nn as nn
import torch.optim as optim
class Net(nn.Module):
    def __init__(self, words, width, dropout):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.rnn = nn.LSTM(width, width, num_layers=2, bidirectional=True, dropout=dropout)
        self.score = nn.Linear(2 * width, 1)
        self.dropout = nn.Dropout(dropout)
    def forward(self, text):
        return self.score(self.dropout(self.rnn(self.words(text))[0]))
model = Net(len(vocabulary), 100, 0.5)
optimizer = optim.Adam(model.parameters())
criterion = nn.BCEWithLogitsLoss()
model = model.to(device)
# Fine-tuning
# ...
`;
const PICTURES = `import torch
import torchvision
import torchvision.transforms as transforms
transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
train = torchvision.datasets.CIFAR10('.', train=True, transform=transform)
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(3, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.fc1 = nn.Linear(4096, 128)
        self.fc2 = nn.Linear(128, 10)
    def forward(self, x):
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        return self.fc2(F.relu(self.fc1(x.view(-1, 4096))))
model = Net().to(device)
optimizer = optim.Adam(model.parameters())
criterion = nn.CrossEntropyLoss()
# Training
# ...
`;
const IMPORTS =
  "from sklearn.decomposition import PCA\nfrom sklearn.linear_model import LogisticRegression\n";
const FEATURES =
  "images = PCA(n_components=2).fit_transform(pixels)\ntexts = PCA(n_components=2).fit_transform(words)\n";
const ALIGN = "model = PCA(n_components=2).fit(images, texts)\n";
const CLASSIFY = "model = LogisticRegression().fit(images, texts)\n";
const SCORE = "score = model.score(images, texts)\n";

describe("a tutorial, block by block", () => {
  test.each([
    ["the NumPy ridge", RIDGE, []],
    ["a recurrent net with dropout", REVIEWS, ["NL102:14"]],
    ["a convolutional net with nothing", PICTURES, ["NL101:17"]],
    ["imports alone", IMPORTS, []],
    ["features of unknown data", FEATURES, []],
    ["a PCA of two modalities, without its imports", ALIGN, ["NL904:1"]],
    ["a classifier on an unknown target", CLASSIFY, []],
    ["a score of an unknown model", SCORE, []],
  ])("%s", (_name, text, expected) => expect(findings(text)).toEqual(expected));
});

describe("a tutorial, its blocks joined", () => {
  test("each net is judged by its own layers", () => {
    const text = RIDGE + REVIEWS + PICTURES;
    expect(findings(text)).toEqual(["NL102:24", "NL101:45"]);
  });

  test("each model by what reaches it", () => {
    const text = IMPORTS + FEATURES + ALIGN + IMPORTS + FEATURES + CLASSIFY + SCORE;
    expect(findings(text)).toEqual(["NL904:5", "NL906:10", "NL901:11"]);
  });

  test("an assignment that Python refuses hides nothing behind it", () => {
    expect(findings(`for i in range(9):\n    theta := theta - 0.1 * g\n${ALIGN}`)).toEqual([
      "NL904:3",
    ]);
  });
});

describe("the rules are total", () => {
  const lines = (RIDGE + REVIEWS + PICTURES + IMPORTS + FEATURES + ALIGN + CLASSIFY + SCORE).split(
    "\n",
  );
  const broken = fc
    .array(
      fc.tuple(
        fc.constantFrom(...lines),
        fc.nat(60),
        fc.constantFrom("", "(", ")", ":", "=", "'", " ", "*"),
      ),
      {
        maxLength: 25,
      },
    )
    .map((parts) =>
      parts
        .map(([line, at, inserted]) => line.slice(0, at) + inserted + line.slice(at + 1))
        .join("\n"),
    );

  test("on any mixture of broken lines, with findings and edits inside the text", () => {
    fc.assert(
      fc.property(broken, (text) => {
        const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
        const found = lint(document, parse(document), RULES);
        const spans = found.flatMap(({ span, fixes, related }) => [
          span,
          ...related.flatMap((other) => ("span" in other ? [other.span] : [])),
          ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span)),
        ]);
        return spans.every(({ start, end }) => start >= 0 && start <= end && end <= text.length);
      }),
      { numRuns: 400 },
    );
  });
});
