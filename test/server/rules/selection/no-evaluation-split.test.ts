import { describe, expect, test } from "vitest";
import { noEvaluationSplit } from "../../../../server/src/rules/selection/no-evaluation-split.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const PYTHON = { language: "python" } as const;
const HF = "output_dir: o\nlearning_rate: 1.0e-4\nlogging_steps: 1\n";
const AXOLOTL = "base_model: b\nmicro_batch_size: 1\n";
const IMPORT = "from transformers import Trainer, TrainingArguments\n";

describe("no-evaluation-split", () => {
  test.each([
    ["Axolotl", `${AXOLOTL}«num_epochs»: 3\n`, `${AXOLOTL}val_set_size: 0.05\nnum_epochs: 3\n`],
    ["a training configuration", `${HF}«num_train_epochs»: 2.5\n`, undefined],
    [
      "sizes that decide nothing",
      `${HF}eval_steps: 10\n«num_train_epochs»: 2\nmax_steps: -1\n`,
      undefined,
    ],
  ])("notes %s", (_tool, marked, fixed) => checkRule(noEvaluationSplit, marked, fixed));

  test.each([
    [
      "the Trainer",
      `${IMPORT}args = TrainingArguments('o', «num_train_epochs=5»)\nt = Trainer(m, args, train_dataset=d)`,
    ],
    [
      "its default of three epochs, in a function",
      `${IMPORT}def f(m, d):\n    return «Trainer»(model=m, args=TrainingArguments('o'), train_dataset=d)`,
    ],
    [
      "TRL, through an alias",
      "import trl as t\n«t.SFTTrainer»(model=m, args=t.SFTConfig(output_dir='o'), train_dataset=d)",
    ],
  ])("reads Python: %s", (_what, marked) =>
    checkRule(noEvaluationSplit, marked, undefined, PYTHON),
  );

  test("names the epochs", () => {
    const [finding] = findingsOf(noEvaluationSplit, noEvaluationSplit.docs.bad);
    expect(finding?.message).toBe(
      "Training runs for 3 epochs, and no data is held out to evaluate on.",
    );
  });

  test.each([
    ["one epoch", `${HF}num_train_epochs: 1\n`],
    ["an explicit decision", `${AXOLOTL}num_epochs: 3\nval_set_size: 0\n`],
    ["evaluation", `${HF}num_train_epochs: 3\neval_strategy: epoch\n`],
    ["training by steps", `${HF}num_train_epochs: 3\nmax_steps: 100\n`],
    ["pretraining", "stage: pt\ntemplate: t\nnum_train_epochs: 3\n"],
    ["a harness named in a comment", `# lm-eval runs afterwards\n${HF}num_train_epochs: 3\n`],
    ["a tool that is not known", "num_train_epochs: 3\n"],
    ["epochs that are not known", `${HF}num_train_epochs: \${epochs}\n`],
    ["a merged mapping", `b: &b {eval_strategy: epoch}\n<<: *b\n${HF}num_train_epochs: 3\n`],
    ["half-typed", `${HF}num_train_epochs:`],
  ])("is silent: %s", (_why, code) => checkRule(noEvaluationSplit, code));

  const trainer = (rest: string, args = "TrainingArguments('o')") =>
    `${IMPORT}Trainer(m, ${args}, train_dataset=d${rest})`;
  test.each([
    ["data to evaluate on", trainer(", eval_dataset=e")],
    ["metrics", trainer(", compute_metrics=f")],
    ["a splat", trainer(", **kw")],
    ["arguments that are not known", trainer("", "args")],
    ["evaluation afterwards", `${trainer("")}.train()\nt.evaluate(e)`],
    ["steps", trainer("", "TrainingArguments('o', max_steps=10)")],
    ["one epoch", trainer("", "TrainingArguments('o', num_train_epochs=1)")],
    ["epochs that are not known", trainer("", "TrainingArguments('o', num_train_epochs=n)")],
    ["a strategy", trainer("", "TrainingArguments('o', eval_strategy='no')")],
    ["no training data", `${IMPORT}Trainer(m, TrainingArguments('o'))`],
    ["half-typed", `${IMPORT}Trainer(m, TrainingArguments('o'), train_`],
  ])("is silent in Python: %s", (_why, code) => {
    checkRule(noEvaluationSplit, code, undefined, PYTHON);
  });
});
