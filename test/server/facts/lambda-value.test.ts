import { describe, expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { lambdaValueFacts } from "../../../server/src/facts/lambda-value.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Text of the number, convention, numbers, what else is known. */
function inPython(text: string) {
  return factsOf(lambdaValueFacts, text).map(({ span, convention, values, known }) => [
    text.slice(span.start, span.end),
    convention,
    values,
    known,
  ]);
}

function inConfig(path: string, text: string) {
  const language = path.endsWith(".json") ? "json" : "yaml";
  const document = { path, language, text, project: NO_PROJECT } as const;
  return lambdaValueFacts
    .extract(parse(document), document)
    .map(({ span, convention, values, known }) => [
      text.slice(span.start, span.end),
      convention,
      values,
      known,
    ]);
}

const SK = "from sklearn.linear_model import *\nfrom sklearn.svm import *\n";
const SK_NN = "from sklearn.neural_network import *\n";

describe("a λ in Python", () => {
  test.each([
    [
      "import torch.optim as o\no.SGD(p, 0.1, weight_decay=5e-4)",
      [["5e-4", "torch-sgd", { weight_decay: 5e-4 }, { learningRate: 0.1, momentum: 0 }]],
    ],
    [
      "torch.optim.SGD(p, 0.1, 0.9, 0, 1e-4)",
      [["1e-4", "torch-sgd", { weight_decay: 1e-4 }, { learningRate: 0.1, momentum: 0.9 }]],
    ],
    [
      "torch.optim.SGD(p, 0.1, 0.9, dampening=0.5, weight_decay=1e-4)",
      [["1e-4", "torch-sgd", { weight_decay: 1e-4 }, { learningRate: 0.1 }]],
    ],
    [
      "from torch.optim import Adam as A\nA(p, weight_decay=0.1)",
      [["0.1", "torch-adam", { weight_decay: 0.1 }, { learningRate: 1e-3 }]],
    ],
    [
      "torch.optim.RMSprop(p, weight_decay=0.1)",
      [["0.1", "torch-adam", { weight_decay: 0.1 }, { learningRate: 0.01 }]],
    ],
    [
      "torch.optim.NAdam(p, 0.1, weight_decay=0.2, decoupled_weight_decay=True)",
      [["0.2", "torch-adamw", { weight_decay: 0.2 }, { learningRate: 0.1 }]],
    ],
    ["torch.optim.Adam(p, weight_decay=0.2, decoupled_weight_decay=flag)", []],
    [
      "wd = 1e-2\ntorch.optim.AdamW(p, lr=2e-5, weight_decay=wd)",
      [["wd", "torch-adamw", { weight_decay: 0.01 }, { learningRate: 2e-5 }]],
    ],
    [
      "torch.optim.AdamW(p, lr=rate(), weight_decay=0.1)",
      [["0.1", "torch-adamw", { weight_decay: 0.1 }, {}]],
    ],
    ["torch.optim.AdamW(p, weight_decay=f())", []],
    ["torch.optim.AdamW(p)", []],
    [
      "torch.optim.SGD(p, weight_decay=0.1, **options)",
      [["0.1", "torch-sgd", { weight_decay: 0.1 }, {}]],
    ],
    [
      'torch.optim.AdamW([{"params": a, "weight_decay": 0.05}, {"params": b, "weight_decay": 0, "lr": 1}], lr=1e-4)',
      [
        ["0.05", "torch-adamw", { weight_decay: 0.05 }, { learningRate: 1e-4 }],
        ["0", "torch-adamw", { weight_decay: 0 }, { learningRate: 1 }],
      ],
    ],
    [
      "optimizer = dict(type='SGD', lr=0.02, momentum=0.9, weight_decay=0.0001)",
      [["0.0001", "torch-sgd", { weight_decay: 1e-4 }, { learningRate: 0.02, momentum: 0.9 }]],
    ],
    ["x = dict(type='Conv', weight_decay=0.1)", []],
    [
      "from torch.optim import AdamW\nx = dict(type=AdamW, lr=0.02, weight_decay=0.1)",
      [["0.1", "torch-adamw", { weight_decay: 0.1 }, { learningRate: 0.02 }]],
    ],
    ["torch.optim.ASGD(p, weight_decay=0.1)", []],
    [
      "import keras\nkeras.optimizers.SGD(0.1, 0.9, weight_decay=1e-3)",
      [["1e-3", "keras-sgd", { weight_decay: 1e-3 }, { learningRate: 0.1, momentum: 0.9 }]],
    ],
    [
      "import tensorflow as tf\ntf.keras.optimizers.Adam(weight_decay=1e-3)",
      [["1e-3", "keras-optimizer", { weight_decay: 1e-3 }, { learningRate: 1e-3 }]],
    ],
    [
      "import optax\noptax.adamw(1e-3, weight_decay=0.1)",
      [["0.1", "optax-adamw", { weight_decay: 0.1 }, { learningRate: 1e-3 }]],
    ],
    [
      "import optax\noptax.chain(optax.add_decayed_weights(1e-4), optax.sgd(0.1, momentum=0.9))",
      [["1e-4", "optax-sgd", { weight_decay: 1e-4 }, { learningRate: 0.1, momentum: 0.9 }]],
    ],
    ["import optax\noptax.chain(optax.sgd(0.1), optax.add_decayed_weights(1e-4))", []],
    [
      "from keras import regularizers\nDense(3, kernel_regularizer=regularizers.l2(1e-4))",
      [["1e-4", "keras-l2", { l2: 1e-4 }, {}]],
    ],
    [
      "import keras\nkeras.regularizers.L1L2(l1=1e-5, l2=1e-4)",
      [
        ["1e-5", "keras-l1l2", { l1: 1e-5, l2: 1e-4 }, {}],
        ["1e-4", "keras-l1l2", { l1: 1e-5, l2: 1e-4 }, {}],
      ],
    ],
    ["import keras\nkeras.regularizers.L1L2(l1=x, l2=1e-4)", []],
    [
      "import tensorflow as tf\nloss += 5e-4 * tf.nn.l2_loss(w)",
      [["5e-4", "tf-l2-loss", { lambda: 5e-4 }, {}]],
    ],
    [`${SK}Ridge(0.5)`, [["0.5", "sklearn-ridge", { alpha: 0.5 }, {}]]],
    [
      `${SK}ElasticNet(alpha=0.5)`,
      [["0.5", "sklearn-elastic-net", { alpha: 0.5, l1_ratio: 0.5 }, {}]],
    ],
    [
      `${SK}LogisticRegression(C=10)`,
      [["10", "sklearn-logistic-regression", { C: 10, l1_ratio: 0 }, {}]],
    ],
    [
      `${SK}LogisticRegression("l1", C=10, solver="liblinear")`,
      [["10", "sklearn-logistic-liblinear", { C: 10, l1_ratio: 1 }, {}]],
    ],
    [`${SK}LogisticRegression(penalty=None, C=10)`, []],
    [`${SK}LogisticRegression(penalty=p, C=10)`, []],
    [`${SK}LogisticRegression(C=10, **options)`, []],
    [`${SK}LogisticRegression()`, []],
    [
      `${SK}SGDClassifier(loss="log_loss", alpha=1e-3)`,
      [["1e-3", "sklearn-sgd-logistic", { alpha: 1e-3, l1_ratio: 0 }, {}]],
    ],
    [
      `${SK}SGDClassifier(alpha=1e-3, penalty="elasticnet")`,
      [["1e-3", "sklearn-sgd-hinge", { alpha: 1e-3, l1_ratio: 0.15 }, {}]],
    ],
    [`${SK}SGDClassifier("modified_huber", alpha=1e-3)`, []],
    [`${SK}LinearSVC(C=2)`, [["2", "sklearn-linear-svc", { C: 2 }, {}]]],
    [`${SK}LinearSVC("l1", C=2)`, []],
    [
      `${SK_NN}MLPClassifier(alpha=1e-2, batch_size=64)`,
      [["1e-2", "sklearn-mlp-classifier", { alpha: 0.01 }, { batchSize: 64 }]],
    ],
    [
      "from xgboost import XGBRegressor\nXGBRegressor(reg_lambda=2)",
      [["2", "xgboost-tree", { reg_lambda: 2, reg_alpha: 0 }, {}]],
    ],
    [
      "import lightgbm as lgb\nlgb.LGBMClassifier(lambda_l1=2)",
      [["2", "lightgbm", { reg_lambda: 0, reg_alpha: 2 }, {}]],
    ],
    [
      "from transformers import TrainingArguments\nTrainingArguments(o, weight_decay=0.01, max_steps=100)",
      [
        [
          "0.01",
          "hf-training-arguments",
          { weight_decay: 0.01 },
          { learningRate: 5e-5, steps: 100 },
        ],
      ],
    ],
    [
      "from transformers import TrainingArguments\nTrainingArguments(optim='adafactor', weight_decay=0.01)",
      [],
    ],
    [
      "import statsmodels.api as sm\nm = sm.OLS(y, X)\nm.fit_regularized(alpha=0.1, L1_wt=0)",
      [
        ["0.1", "statsmodels-ols", { alpha: 0.1, L1_wt: 0 }, {}],
        ["0", "statsmodels-ols", { alpha: 0.1, L1_wt: 0 }, {}],
      ],
    ],
    [
      "import xgboost as xgb\nparams = {'eta': 0.1, 'lambda': 2}\nxgb.train(params, d)",
      [["2", "xgboost-tree", { reg_lambda: 2, reg_alpha: 0 }, {}]],
    ],
    [
      "from xgboost import XGBRegressor\nXGBRegressor(booster='gblinear', reg_alpha=2)",
      [["2", "xgboost-linear", { reg_lambda: 0, reg_alpha: 2 }, {}]],
    ],
    [
      "import lightgbm as lgb\nlgb.train({'lambda_l1': 0.5}, d)",
      [["0.5", "lightgbm", { reg_lambda: 0, reg_alpha: 0.5 }, {}]],
    ],
    ["import xgboost as xgb\nxgb.train({'lambda': 2, **more}, d)", []],
    ["import xgboost as xgb\nxgb.train({'lambda': 2, 'booster': b}, d)", []],
    ["m.fit_regularized(alpha=0.1)", []],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-4 * sum(p.pow(2).sum() for p in net.parameters())\n    loss.backward()",
      [["1e-4", "written-plain", { lambda: 1e-4 }, {}]],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 0.5 * 1e-4 * sum((p ** 2).sum() for p in net.parameters())\n    loss.backward()",
      [["0.5 * 1e-4", "written-plain", { lambda: 5e-5 }, {}]],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-4 / 2 * sum((p ** 2).sum() for p in net.parameters())\n    loss.backward()",
      [["1e-4 / 2", "written-plain", { lambda: 5e-5 }, {}]],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-5 * sum(p.abs().sum() for p in net.parameters())\n    loss.backward()",
      [["1e-5", "written-l1", { lambda: 1e-5 }, {}]],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-5 * sum(p.norm() for p in net.parameters())\n    loss.backward()",
      [],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + lam * sum(p.abs().sum() for p in net.parameters())\n    loss.backward()",
      [],
    ],
    [
      "net = torch.nn.Linear(3, 1)\nfor x, y in loader:\n    loss = torch.nn.functional.mse_loss(net(x), y) + 1e-5 * sum(p.abs().mean() for p in net.parameters())\n    loss.backward()",
      [],
    ],
    ["alpha = 0.1\nplot(alpha=alpha, C=3)", []],
    ["import mine\nmine.Ridge(alpha=1)", []],
  ])("%j", (text, expected) => expect(inPython(text)).toEqual(expected));

  test("knows a default of the command line as one", () => {
    const text = [
      "import argparse",
      "parser = argparse.ArgumentParser()",
      "parser.add_argument('--wd', type=float, default=0.1)",
      "args = parser.parse_args()",
      "torch.optim.AdamW(p, weight_decay=args.wd)",
    ].join("\n");
    expect(factsOf(lambdaValueFacts, text)).toMatchObject([
      { isDefault: true, isLiteral: false, values: { weight_decay: 0.1 } },
    ]);
  });

  test.each(["Ridge(alpha=", "torch.optim.AdamW(p, weight_decay=,", "optax.chain(optax."])(
    "half-typed %j gives none",
    (text) => expect(inPython(text)).toEqual([]),
  );
});

describe("a λ in a config", () => {
  test.each([
    [
      "recipe.yaml",
      "tokenizer: {_component_: a}\nmodel: {_component_: b}\noptimizer:\n  _component_: torch.optim.AdamW\n  lr: 3e-4\n  weight_decay: 0.01\n",
      [["0.01", "torch-adamw", { weight_decay: 0.01 }, { learningRate: 3e-4 }]],
    ],
    [
      "fit.yaml",
      "optimizer:\n  class_path: torch.optim.SGD\n  init_args: { lr: 0.1, momentum: 0.9, weight_decay: 1e-4 }\n",
      [["1e-4", "torch-sgd", { weight_decay: 1e-4 }, { learningRate: 0.1, momentum: 0.9 }]],
    ],
    [
      "ds.json",
      '{"zero_optimization": {"stage": 2}, "train_batch_size": 8, "optimizer": {"type": "Adam", "params": {"lr": 1e-3, "weight_decay": 3e-7}}}',
      [["3e-7", "deepspeed", { weight_decay: 3e-7 }, { learningRate: 1e-3 }]],
    ],
    [
      "args.yaml",
      "output_dir: o\nnum_train_epochs: 3\nlearning_rate: 2e-5\nweight_decay: 0.01\nmax_steps: 500\n",
      [
        [
          "0.01",
          "hf-training-arguments",
          { weight_decay: 0.01 },
          { learningRate: 2e-5, steps: 500 },
        ],
      ],
    ],
    ["args.yaml", "output_dir: o\nnum_train_epochs: 3\noptim: adafactor\nweight_decay: 0.01\n", []],
    [
      "timm.yaml",
      "opt: sgd\nsched: cosine\ndrop_path: 0.1\nlr: 0.5\nweight_decay: 2e-5\n",
      [["2e-5", "torch-sgd", { weight_decay: 2e-5 }, { learningRate: 0.5 }]],
    ],
    [
      "hyp.yaml",
      "lr0: 0.01\nlrf: 0.1\nmosaic: 1.0\noptimizer: SGD\nbatch: 16\nweight_decay: 0.0005\n",
      [
        [
          "0.0005",
          "ultralytics-sgd",
          { weight_decay: 5e-4 },
          { learningRate: 0.01, batchSize: 16 },
        ],
      ],
    ],
    ["hyp.yaml", "lr0: 0.01\nlrf: 0.1\nmosaic: 1.0\noptimizer: auto\nweight_decay: 0.0005\n", []],
    [
      "model.yaml",
      "input_features: []\noutput_features: []\ntrainer: { regularization_lambda: 0.1, regularization_type: l1 }\n",
      [["0.1", "ludwig-l1", { regularization_lambda: 0.1 }, {}]],
    ],
    [
      "rcnn.yaml",
      "SOLVER: { BASE_LR: 0.02, WEIGHT_DECAY: 0.0001 }\n",
      [["0.0001", "detectron2", { WEIGHT_DECAY: 1e-4 }, { learningRate: 0.02 }]],
    ],
    ["mine.yaml", "weight_decay: 0.1\n", []],
    [
      "h.yaml",
      "o: { _target_: composer.optim.DecoupledAdamW, lr: 0.1, weight_decay: 1e-5 }\n",
      [["1e-5", "composer-decoupled", { weight_decay: 1e-5 }, { learningRate: 0.1 }]],
    ],
    [
      "h.yaml",
      "o: { _target_: torch.optim.Adam, weight_decay: 0.1, decoupled_weight_decay: True }\n",
      [["0.1", "torch-adamw", { weight_decay: 0.1 }, {}]],
    ],
    [
      "h.yaml",
      "o: { _target_: torch.optim.Adam, weight_decay: 0.1, decoupled_weight_decay: *f }\n",
      [],
    ],
    ["h.yaml", "optimizer: { _target_: torch.optim.AdamW, weight_decay: '1e-2' }\n", []],
    ["h.yaml", "optimizer: { _target_: torch.optim.AdamW, weight_decay: *wd }\n", []],
    [
      "a.normlens.yaml",
      "penalty:\n  - { norm: l2, lambda: 0.1, convention: half }\n  - { norm: l1, lambda: 1e-4 }\n  - { norm: l2, lambda: '1/m', convention: half }\ntraining: { optimizer: adamw, learning_rate: 0.1, weight_decay: 0.2 }\n",
      [
        ["0.1", "written-half", { lambda: 0.1 }, {}],
        ["1e-4", "written-l1", { lambda: 1e-4 }, {}],
        ["0.2", "torch-adamw", { weight_decay: 0.2 }, { learningRate: 0.1 }],
      ],
    ],
    ["a.normlens.yaml", "training: { optimizer: sgd, weight_decay: 0.2 }\n", []],
  ])("%s %j", (path, text, expected) => expect(inConfig(path, text)).toEqual(expected));
});
