import { defineRule } from "../../engine/rule.ts";
import { idleRegularizer } from "../../semantics/idle-regularizer.ts";

export const regularizerHasNoEffect = defineRule({
  code: "NLC09",
  name: "regularizer-has-no-effect",
  family: "config",
  severity: "information",
  preview: true,
  mentions: [
    ["dropout", "l1_ratio", "gblinear", "early_stopping_patience"],
    [
      "lstm(",
      "gru(",
      "rnn(",
      "l1_ratio",
      "gblinear",
      "lora_dropout",
      "early_stopping_patience",
      "task:",
      '"task"',
    ],
  ],
  on: "namedValues",
  docs: {
    what: "Finds regularizers that what stands beside them leaves without effect: dropout of a recurrent layer that is not stacked, `l1_ratio` without an elastic net, tree parameters of `gblinear`, `lora_dropout` without an adapter, `dropout` of an Ultralytics task that has none, early stopping without data to evaluate on.",
    why: "The model trains without the regularizer that the code shows, often with no more than a warning in the log.",
    bad: "import torch.nn as nn\n\nlayer = nn.LSTM(100, 256, num_layers=1, dropout=0.5)\n",
    good: "import torch.nn as nn\n\nlayer = nn.LSTM(100, 256, num_layers=2, dropout=0.5)\n",
    language: "python",
    limits:
      "Silent where the number of layers, the penalty, the adapter or the task is not known for sure, or a search may set it.",
    references: [
      "torch.nn.LSTM, dropout",
      "sklearn.linear_model.SGDClassifier, l1_ratio",
      "XGBoost Parameters, parameters for linear booster",
    ],
  },

  *check(fact) {
    const idle = idleRegularizer(fact);
    if (idle === undefined) return;
    const { value, why } = idle;
    yield {
      span: { start: value.nameSpan.start, end: value.valueSpan.end },
      message: `\`${value.name}\` is ${value.value} and has no effect: ${why}.`,
      fixes:
        value.removal === undefined
          ? []
          : [
              {
                title: `Remove \`${value.name}\``,
                safety: "suggestion",
                edits: [{ span: value.removal, newText: "" }],
              },
            ],
    };
  },
});
