import { defineRule, type Edit, type Fix } from "../../engine/rule.ts";

/** What switches evaluation on, by tool; the others need data that only the user has. */
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ["llama-factory", "val_size: 0.05\neval_strategy: epoch\n"],
  ["axolotl", "val_set_size: 0.05\n"],
]);

export const noEvaluationSplit = defineRule({
  code: "NL905",
  name: "no-evaluation-split",
  family: "selection",
  severity: "hint",
  preview: false,
  mentions: [["num_train_epochs", "num_epochs", "train_dataset"]],
  on: "evaluationPlan",
  docs: {
    what: "Notes training for two or more epochs with Hugging Face's `Trainer`, Axolotl or LLaMA-Factory that names no data to evaluate on.",
    why: "From the second epoch on a model can memorise what it was shown. Without held-out data neither the number of epochs nor any λ can be chosen, and nobody sees it happen.",
    bad: "stage: sft\nfinetuning_type: lora\nnum_train_epochs: 3\n",
    good: "stage: sft\nfinetuning_type: lora\nnum_train_epochs: 3\nval_size: 0.05\neval_strategy: epoch\n",
    language: "yaml",
    limits:
      "Any word on evaluation is taken as a decision, `val_set_size: 0` too; a comment that speaks of it as well. Silent for training by steps and for pretraining.",
    references: ["transformers.TrainingArguments, eval_strategy", "Axolotl, val_set_size"],
  },

  *check({ epochs, span, dialect }, { document }) {
    if (epochs < 2 || /#.*\beval/i.test(document.text)) return;
    yield {
      span,
      message: `Training runs for ${epochs} epochs, and no data is held out to evaluate on.`,
      fixes: fixesFor(dialect, span.start, document.text),
    };
  },
});

function fixesFor(dialect: string | undefined, keyStart: number, text: string): readonly Fix[] {
  const lines = SWITCHES.get(dialect ?? "");
  const isAtLineStart = keyStart === 0 || text.charAt(keyStart - 1) === "\n";
  if (lines === undefined || !isAtLineStart) return [];
  const edits: readonly Edit[] = [{ span: { start: keyStart, end: keyStart }, newText: lines }];
  return [{ title: "Hold out 5 % of the data", safety: "suggestion", edits }];
}
