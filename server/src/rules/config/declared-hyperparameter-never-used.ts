import { defineRule, type Fix } from "../../engine/rule.ts";
import type { UnreadDecayFact } from "../../facts/unread-decay.ts";
import { appendArgument } from "../../semantics/insertions.ts";
import { mayDeclareDecay } from "../../semantics/unread-declarations.ts";

export const declaredHyperparameterNeverUsed = defineRule({
  code: "NLC10",
  name: "declared-hyperparameter-never-used",
  family: "config",
  severity: "warning",
  preview: false,
  mentions: [["\bweight_decay", "weight-decay", "\bwd\b"], mayDeclareDecay],
  on: "unreadDecay",
  docs: {
    what: "Finds a weight decay that is declared as a command-line option, a field of a configuration class or a key of a config file, that no code reads, while the optimizer is built without one.",
    why: "Whatever is written there, the optimizer runs with its own default. A search over the value compares a run with itself.",
    bad: "from torch.optim import AdamW\n\nclass cfg:\n    lr: float = 1e-3\n    weight_decay: float = 0.0\n\nopt = AdamW(model.parameters(), lr=cfg.lr)\n",
    good: "from torch.optim import AdamW\n\nclass cfg:\n    lr: float = 1e-3\n    weight_decay: float = 0.0\n\nopt = AdamW(model.parameters(), lr=cfg.lr, weight_decay=cfg.weight_decay)\n",
    language: "python",
    limits:
      "Silent where all values may be read at once (`vars(args)`, `**config`, `asdict`, Hydra's `instantiate`, `HfArgumentParser`), where the values are handed to code of a library, where another file mentions the name, and for config files of known tools.",
    references: ["torch.optim.AdamW, default of weight_decay"],
  },

  *check(fact) {
    const { shown, span, optimizerName, related } = fact;
    yield {
      span,
      message: `\`${shown}\` is declared and never read; \`${optimizerName}\` runs with its own default.`,
      related: [related],
      fixes: fixesFor(fact),
    };
  },
});

/** Handed over as the learning rate is: `lr=cfg.lr` brings `weight_decay=cfg.weight_decay`. */
function fixesFor({ key, optimizer, holders }: UnreadDecayFact): readonly Fix[] {
  const call = optimizer?.call;
  if (optimizer === undefined || call === undefined) return [];
  const holder = call.arguments
    .map(({ value }) => (value.kind === "attribute" ? value.value : undefined))
    .find((value) => value?.kind === "name" && holders.has(value.id));
  if (holder?.kind !== "name") return [];
  const argument = `weight_decay=${holder.id}.${key}`;
  return [
    {
      title: `Add \`${argument}\``,
      safety: "suggestion",
      edits: [appendArgument(call, argument, optimizer.program.module.text)],
    },
  ];
}
