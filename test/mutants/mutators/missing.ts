import { callsOf } from "../calls.ts";
import { argument, inCall, numberIn, renamed, replaced, withoutArgument } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

/** Whatever else works against overfitting, and trainings that want none of it. */
const REGULARIZED =
  /[dD]rop|[aA]ugment|RandomCrop|RandomHorizontal|transforms\.|mixup|smoothing|early|EarlyStopping|penalty|regular|BatchNorm|batch_norm|spectral_norm|weight_norm/;

const TRAINING = [
  "import torch",
  "from torch import nn",
  "class Net(nn.Module):",
  "    def __init__(self):",
  "        super().__init__()",
  "        self.a, self.b, self.c = nn.Linear(784, 512), nn.Linear(512, 512), nn.Linear(512, 10)",
  "    def forward(self, x):",
  "        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))",
  "model = Net()",
  "optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=5e-4)",
  "for epoch in range(20):",
  "    for x, y in train_loader:",
  "        optimizer.zero_grad()",
  "        loss = nn.functional.cross_entropy(model(x), y)",
  "        loss.backward()",
  "        optimizer.step()",
  "",
].join("\n");

const DROPOUT = TRAINING.replace(
  "    def forward",
  "        self.drop = nn.Dropout(0.5)\n    def forward",
)
  .replace("self.c(torch", "self.c(self.drop(torch")
  .replace("(self.a(x)))))", "(self.a(x))))))");

const withoutDecay = inCall(/SGD|AdamW?/, (call) => {
  const decay = argument(call, "weight_decay");
  if (!/^(torch\.)?optim\./.test(call.name) || decay === undefined) return undefined;
  if (numberIn(decay) === 0) return undefined;
  const change = withoutArgument(call, "weight_decay");
  if (change === undefined) return undefined;
  return call.lastName === "AdamW" ? [change, renamed(call, "Adam")] : [change];
});

export const missingMutators: readonly Mutator[] = [
  {
    code: "NL101",
    language: "python",
    mistake: "leaves weight decay out where nothing else regularizes",
    needs: TORCH,
    without: REGULARIZED,
    changes: (source) =>
      /\.backward\(\)/.test(source.code) && /class \w+\((torch\.)?(nn\.)?Module/.test(source.code)
        ? withoutDecay(source)
        : undefined,
    example: TRAINING,
  },
  {
    code: "NL102",
    language: "python",
    mistake: "leaves weight decay out",
    needs: /[dD]ropout\d?d?\((p=)?0?\.[1-9]/,
    without: /reward|[dD]iscriminator|[gG]enerator/,
    changes: (source) => (/\.backward\(\)/.test(source.code) ? withoutDecay(source) : undefined),
    example: DROPOUT,
  },
  {
    code: "NL103",
    language: "python",
    mistake: "fits high polynomials by least squares",
    needs: /PolynomialFeatures/,
    changes: ({ code }) => {
      const [features] = [...callsOf(code, /PolynomialFeatures/)].filter(({ arguments: given }) =>
        given.some(
          ({ value, keyword }) => keyword !== "include_bias" && (numberIn(value) ?? 0) >= 3,
        ),
      );
      if (features === undefined) return undefined;
      for (const call of callsOf(code, /Ridge|Lasso|RidgeCV/)) {
        if (call.start < features.start || call.start > features.close + 300) continue;
        return [{ start: call.start, end: call.close + 1, newText: "LinearRegression()" }];
      }
      return undefined;
    },
    example: [
      "from sklearn.linear_model import LinearRegression, Ridge",
      "from sklearn.pipeline import make_pipeline",
      "from sklearn.preprocessing import PolynomialFeatures",
      "model = make_pipeline(PolynomialFeatures(degree=10), Ridge(alpha=1.0))",
      "model.fit(X, y)",
      "",
    ].join("\n"),
  },
  {
    code: "NL105",
    language: "python",
    mistake: "forgets the penalties of the layers",
    needs: /GradientTape/,
    without: /\.fit\(/,
    changes: (source) => {
      if (!/regularizer=/.test(source.code)) return undefined;
      const patterns = [
        /tf\.add_n\(\[(\w+)\] \+ (?:\w+\.)*losses\)/,
        /(\bloss\b[^\n=]*= .*\)) \+ (?:sum|tf\.add_n|tf\.reduce_sum)\((?:\w+\.)*losses\)/,
      ];
      return patterns.map((pattern) => replaced(pattern, "$1")(source)).find(Boolean);
    },
    example: [
      "import tensorflow as tf",
      "l2_reg = tf.keras.regularizers.l2(1e-3)",
      "model = tf.keras.Sequential([",
      "    tf.keras.layers.Dense(30, kernel_regularizer=l2_reg),",
      "    tf.keras.layers.Dense(1, kernel_regularizer=l2_reg),",
      "])",
      "for step in range(10):",
      "    with tf.GradientTape() as tape:",
      "        y_pred = model(x, training=True)",
      "        main_loss = tf.reduce_mean(loss_fn(y, y_pred))",
      "        loss = tf.add_n([main_loss] + model.losses)",
      "    gradients = tape.gradient(loss, model.trainable_variables)",
      "",
    ].join("\n"),
  },
];
