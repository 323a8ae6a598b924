import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { evaluationPlanFacts } from "../../../server/src/facts/evaluation-plan.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

test.each([
  [
    "yaml",
    "output_dir: o\nnum_train_epochs: 4\nlogging_steps: 1\n",
    [[4, "num_train_epochs", "hf-training-arguments"]],
  ],
  ["yaml", "num_train_epochs: 4\n", []],
  [
    "python",
    "from transformers import Trainer as T, TrainingArguments as A\nT(m, A('o'), train_dataset=d)\n",
    [[3, "T", undefined]],
  ],
] as const)("evaluationPlanFacts in %s: %s", (language, text, plans) => {
  const document = { path: "a", language, text, project: NO_PROJECT };
  const facts = evaluationPlanFacts.extract(parse(document), document);
  expect(
    facts.map(({ epochs, span, dialect }) => [epochs, text.slice(span.start, span.end), dialect]),
  ).toEqual(plans);
});
