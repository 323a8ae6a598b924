import { configEntries } from "../../config/config-entries.ts";
import { numberIn } from "../../config/config-lambdas.ts";
import { defineRule } from "../../engine/rule.ts";

/** DeepSpeed's keys and the training arguments that mean the same. */
const SAME: ReadonlyMap<string, string> = new Map([
  ["optimizer.params.weight_decay", "weight_decay"],
  ["optimizer.params.lr", "learning_rate"],
]);

export const hfDeepspeedValueConflict = defineRule({
  code: "NLC07",
  name: "hf-deepspeed-value-conflict",
  family: "config",
  severity: "error",
  preview: false,
  mentions: [["params"], ["weight_decay", "lr"]],
  on: "configFile",
  docs: {
    what: "Finds a weight decay or learning rate in a DeepSpeed config that contradicts the training arguments of a config or script that uses it.",
    why: "Transformers refuses to start when both are given and differ. Where DeepSpeed is started without that check, its own number wins, and the training arguments mean nothing.",
    bad: '{"optimizer": {"type": "AdamW", "params": {"weight_decay": 0.1}}, "zero_optimization": {"stage": 2}}\n',
    good: '{"optimizer": {"type": "AdamW", "params": {"weight_decay": "auto"}}, "zero_optimization": {"stage": 2}}\n',
    language: "json",
    path: "configs/ds_zero2.json",
    project: [
      {
        path: "train.yaml",
        text: "output_dir: out\nnum_train_epochs: 1\nweight_decay: 0.01\ndeepspeed: configs/ds_zero2.json\n",
      },
    ],
    limits:
      "Only numbers that both files write out, where the training names the DeepSpeed config by a path that fits. Arguments that are left at their default are not compared.",
    references: [
      "Transformers, DeepSpeed integration, configuration: shared parameters and `auto`",
    ],
  },

  *check({ tree, dialect }, { document }) {
    if (dialect?.name !== "deepspeed") return;
    const entries = configEntries(tree).filter(({ path }) => SAME.has(path.join(".")));
    const uses = entries.length === 0 ? [] : document.project.deepspeedUses?.(document.path);
    for (const entry of entries) {
      const argument = SAME.get(entry.path.join("."));
      const own = numberIn(entry);
      if (own === undefined || entry.value === undefined) continue;
      const others = (uses ?? [])
        .flatMap(({ values }) => values)
        .filter(({ name, value }) => name === argument && value !== own);
      const [first] = others;
      if (first === undefined) continue;
      yield {
        span: entry.value.span,
        message: `\`${entry.key}\` is ${own} here, but the training that uses this file has \`${first.name}\` ${first.value}.`,
        related: others.map(({ place, name, value }) => ({
          place,
          message: `\`${name}\` is ${value} here.`,
        })),
        fixes: [
          {
            title: 'Write `"auto"`, which takes the training argument',
            safety: "safe",
            edits: [{ span: entry.value.span, newText: '"auto"' }],
          },
        ],
      };
    }
  },
});
