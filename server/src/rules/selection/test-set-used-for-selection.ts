import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ModelChoiceFact } from "../../facts/model-choice.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { splitRole } from "../../semantics/split-role.ts";
import { namesTestPart } from "../../semantics/split-words.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** Where only an identifier says that these are the test data. */
const BY_NAME_ONLY = 0.7;

export const testSetUsedForSelection = defineRule({
  code: "NL903",
  name: "test-set-used-for-selection",
  family: "selection",
  severity: "warning",
  preview: false,
  mentions: [
    ["test", "tst", "xte", "yte", "_te", "train=false", "train = false"],
    ["best", "early", "checkpoint", "min", "max", "lowest", "highest"],
    namesTestPart,
  ],
  on: "modelChoice",
  docs: {
    language: "python",
    what: "Finds a training that keeps the best epoch, or stops, by the score on the test set.",
    why: "The best of many epochs on the test set is good there by chance too, and that is the number which gets reported. With noisy scores the difference is as large as that between two regularization strengths.",
    bad: [
      "import torch",
      "from torchvision.datasets import CIFAR10",
      "",
      'test_loader = torch.utils.data.DataLoader(CIFAR10("data", train=False), batch_size=256)',
      "best = 0.0",
      "for epoch in range(90):",
      "    train(model, train_loader)",
      "    acc = evaluate(model, test_loader)",
      "    if acc > best:",
      "        best = acc",
      '        torch.save(model.state_dict(), "best.pt")',
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torchvision.datasets import CIFAR10",
      "",
      'train_set, val_set = torch.utils.data.random_split(CIFAR10("data", train=True), [45000, 5000])',
      "val_loader = torch.utils.data.DataLoader(val_set, batch_size=256)",
      "best = 0.0",
      "for epoch in range(90):",
      "    train(model, train_loader)",
      "    acc = evaluate(model, val_loader)",
      "    if acc > best:",
      "        best = acc",
      '        torch.save(model.state_dict(), "best.pt")',
      "",
    ].join("\n"),
    limits:
      "Silent for data that a name calls validation or dev, for held-out rows without such a name, and where a library monitors test data of which no score is reported afterwards. Where only a name such as `test_loader` says what the data are, it is an information.",
    references: [
      "Yang, Brower-Sinning, Lewis & Kästner 2022, Data Leakage in Notebooks, arXiv:2209.03345",
    ],
  },

  *check(choice, { document }) {
    const { scored, program, means, argument } = choice;
    if (scored.role.part !== "test" || isTestPath(document.path)) return;
    if (argument !== undefined && !isReported(choice)) return;
    const { start, end } = scored.data.span;
    const written = program.module.text.slice(start, end);
    yield {
      span: choice.span,
      confidence: scored.role.proof === "split" ? 1 : BY_NAME_ONLY,
      message: `The model is chosen by its score on \`${written}\`, the test set, so that score is too good to be reported.`,
      related: [
        { span: scored.role.span, message: "The test set comes from here." },
        { span: means.span, message: `\`${means.name}\` follows this score.` },
      ],
      fixes: fixesOf(choice),
    };
  },
});

/** True where the test set is also used at the end, and so for what is reported. */
function isReported({ program, argument }: ModelChoiceFact): boolean {
  const reports = /^(?:evaluate|predict\w*|score|test)$/;
  return programIndex(program).calls.some(({ call, name }) => {
    if (name === undefined || !reports.test(name)) return false;
    if (argument !== undefined && call.span.start < argument.span.end) return false;
    if (argument?.name === "eval_dataset") return name === "evaluate";
    return call.arguments.some(({ value }) => splitRole(value, program)?.part === "test");
  });
}

/** Keras holds training rows back by itself, where they are arrays. */
function fixesOf({ argument }: ModelChoiceFact): Fix[] {
  if (argument?.name !== "validation_data" || argument.value.kind !== "tuple") return [];
  return [
    {
      title: "Hold training rows back for validation",
      safety: "suggestion",
      edits: [{ span: argument.span, newText: "validation_split=0.1" }],
    },
  ];
}
