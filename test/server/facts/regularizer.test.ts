import { describe, expect, test } from "vitest";
import { regularizerFacts } from "../../../server/src/facts/regularizer.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Each regularizer with the text that shows it. */
const found = (text: string) =>
  factsOf(regularizerFacts, text).map(
    ({ form, span }) => `${form}: ${text.slice(span.start, span.end)}`,
  );

describe("regularizerFacts", () => {
  test.each([
    ["nn.Dropout(0.5)", "dropout: nn.Dropout(0.5)"],
    ["nn.Dropout()", "dropout: nn.Dropout()"],
    ["p = 0.1\nnn.Dropout2d(p)", "dropout: nn.Dropout2d(p)"],
    ["F.dropout(x, 0.3)", "dropout: F.dropout(x, 0.3)"],
    ["F.dropout(x)", "dropout: F.dropout(x)"],
    ["nn.LSTM(8, 8, dropout=d)", "dropout: dropout=d"],
    ["nn.Transformer(64)", "dropout: nn.Transformer(64)"],
    ["keras.layers.SpatialDropout1D(0.1)", "dropout: keras.layers.SpatialDropout1D(0.1)"],
    ["create_model('vit', drop_path_rate=0.1)", "dropout: drop_path_rate=0.1"],
    ["keras.layers.GaussianNoise(0.1)", "noise: keras.layers.GaussianNoise(0.1)"],
    ["Dense(9, kernel_regularizer=r)", "layer penalty: kernel_regularizer=r"],
    ["Dense(9, kernel_constraint=c)", "weight constraint: kernel_constraint=c"],
    ["nn.CrossEntropyLoss(label_smoothing=0.1)", "label smoothing: label_smoothing=0.1"],
    ["nn.utils.spectral_norm(l)", "weight normalization: nn.utils.spectral_norm(l)"],
    ["transforms.RandomCrop(32)", "augmentation: transforms.RandomCrop(32)"],
    [
      "ImageDataGenerator(rotation_range=20)",
      "augmentation: ImageDataGenerator(rotation_range=20)",
    ],
    ["keras.callbacks.EarlyStopping()", "early stopping: keras.callbacks.EarlyStopping()"],
    ["if waited > patience:\n    stop()", "early stopping: patience"],
    [
      "patience = 5\ns = ReduceLROnPlateau(opt, patience=patience)\nif n > patience:\n  stop()",
      "early stopping: patience",
    ],
    ["loss = ce + reg_loss", "penalty term: reg_loss"],
    ["loss = ce + lam * l2", "penalty term: l2"],
    [
      "f(sum(p.abs().sum() for p in net.parameters()))",
      "penalty term: sum(p.abs().sum() for p in net.parameters())",
    ],
    ["x = cutmix(x)", "mixup: cutmix(x)"],
  ])("%j shows %j", (text, shown) => expect(found(text)).toContain(shown));

  test.each([
    "nn.Dropout(0)",
    "nn.Dropout(p=0.0)",
    "F.dropout(x, 0.0)",
    "nn.LSTM(8, 8, dropout=0)",
    "nn.TransformerEncoderLayer(64, 4, dropout=0.0)",
    "self.dropout(x)",
    "Dense(9, kernel_regularizer=None)",
    "nn.CrossEntropyLoss(label_smoothing=0.0)",
    "df.reset_index(drop=True)",
    "DataLoader(d, drop_last=True)",
    "np.random.RandomState(0)",
    "RandomForestClassifier()",
    "ImageDataGenerator(rescale=1 / 255)",
    "nn.SmoothL1Loss()(l1_loss, y)",
    "l2_promote()",
    "tx = dpsgd(L2_NORM_CLIP)",
    "y = l2_normalize(x)",
    "patience = 5\ns = ReduceLROnPlateau(opt, patience=patience)",
    "s = Plateau(lr_patience)",
    "tuner = kt.RandomSearch(build)",
    "x, y = RandomOverSampler().fit_resample(x, y)",
    "keras.layers.Dense(9, kernel_initializer=keras.initializers.RandomNormal())",
    "from sklearn.svm import SVR\nsvm_reg = SVR()\nsvm_reg.fit(x, y)",
    "sum(p.grad.norm() for p in net.parameters())",
    "sum(p.numel() for p in net.parameters())",
    "l1 = nn.Linear(2, 2)\ny = l1(x)",
    "l2_lambda = 0.1",
    "import numpy as np\ndef f(w, reg):\n    return reg * np.dot(w, w)",
    "region = regress(x)",
  ])("%j shows none", (text) => expect(found(text)).toEqual([]));

  test("takes the random numbers of a dropout for hearsay", () => {
    const text = "m.apply(p, rngs=dict(dropout=dropout_rng))\nm = Net(dropout=rate)";
    expect(factsOf(regularizerFacts, text).map(({ isHearsay }) => isHearsay)).toEqual([
      true,
      false,
    ]);
  });

  test("says in which class it stands", () => {
    const text = "class A:\n  def f(self):\n    nn.Dropout()\nnn.Dropout()";
    const owners = factsOf(regularizerFacts, text).map(({ owner }) => owner?.name);
    expect(owners).toEqual(["A", undefined]);
  });
});
