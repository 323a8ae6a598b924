import { describe, expect, test } from "vitest";
import { dropoutRateInvalid as rule } from "../../../../server/src/rules/scale/dropout-rate-invalid.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("dropout-rate-invalid", () => {
  test.each(["5*0.50", "2 - 0.5", "1.0 + .25"])("says what is computed of numbers: %s", (rate) => {
    expect(findingsOf(rule, `import torch.nn as nn\nnn.Dropout(${rate})\n`)).toHaveLength(1);
  });

  test.each([
    ["a percentage", "nn.Dropout(«50»)", "nn.Dropout(0.5)"],
    ["by keyword", "nn.Dropout2d(«p=25»)", "nn.Dropout2d(p=0.25)"],
    ["a function", "F.dropout(x, «20»)", "F.dropout(x, 0.2)"],
    [
      "an alias",
      "from torch.nn import Dropout as D\nD(«50»)",
      "from torch.nn import Dropout as D\nD(0.5)",
    ],
    ["a name", "p = 50\nnn.Dropout(«p»)", "p = 0.5\nnn.Dropout(p)"],
    [
      "Keras",
      "import keras\nkeras.layers.Dropout(«rate=30»)",
      "import keras\nkeras.layers.Dropout(rate=0.3)",
    ],
    [
      "flax",
      "import flax.linen as nn\nnn.Dropout(«40»)",
      "import flax.linen as nn\nnn.Dropout(0.4)",
    ],
    ["an argument of a layer", "nn.LSTM(8, 8, «dropout=50»)", "nn.LSTM(8, 8, dropout=0.5)"],
    [
      "LoRA",
      "from peft import LoraConfig\nLoraConfig(«lora_dropout=5»)",
      "from peft import LoraConfig\nLoraConfig(lora_dropout=0.05)",
    ],
    [
      "TensorFlow 1",
      "import tensorflow as tf\ntf.nn.dropout(x, «keep_prob=0.2»)",
      "import tensorflow as tf\ntf.nn.dropout(x, keep_prob=0.8)",
    ],
  ])("corrects %s", (_name, bad, good) => {
    checkRule(rule, bad, good);
    checkRule(rule, good);
  });

  test.each([
    ["nn.Dropout(-0.1)", "error"],
    ["nn.Dropout(1.5)", "error"],
    ["nn.Dropout(1)", "error"],
    ["nn.Dropout(0.9)", "warning"],
    ["def f(p=0.9):\n    return nn.Dropout(p)", "information"],
  ])("%j is of severity %s", (code, severity) => {
    expect(findingsOf(rule, code)).toMatchObject([{ severity }]);
  });

  test.each([
    ["usual", "nn.Dropout(0.5)"],
    ["none", "nn.Dropout(0)"],
    ["the most", "nn.Dropout(0.8)"],
    ["the default", "nn.Dropout()"],
    ["unknown", "nn.Dropout(p)"],
    ["options", "nn.Dropout(**options)"],
    ["stochastic depth", "timm.layers.DropPath(50)"],
    ["a function of one's own", "def f(dropout):\n    pass\nf(dropout=50)"],
    ["another library", "from mine import Dropout\nDropout(50)"],
    ["TensorFlow 1, most kept", "import tensorflow as tf\ntf.nn.dropout(x, keep_prob=0.8)"],
    ["a default that means none", "def f(p=-1):\n    if p > 0:\n        return nn.Dropout(p)"],
    ["half-typed", "nn.Dropout("],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, "nn.Dropout(50)", undefined, { path: "tests/test_dropout.py" });
  });
});
