import { defineRule, type Fix } from "../../engine/rule.ts";
import { type EvaluationPassFact, mayJudge, setsEvaluation } from "../../facts/evaluation-pass.ts";
import { indentOf } from "../../semantics/dropout-edits.ts";
import { wordsOf } from "../../semantics/identifier-words.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { PythonProgram } from "../../semantics/python-program.ts";
import { type ModeLayer, modeLayer } from "../../semantics/random-layers.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

export const evaluationWithDropoutOn = defineRule({
  code: "NL910",
  name: "evaluation-with-dropout-on",
  family: "selection",
  severity: "warning",
  preview: false,
  mentions: [
    ["no_grad", "inference_mode"],
    ["dropout", "batchnorm", "transformer", "torchvision"],
    mayJudge,
  ],
  on: "evaluationPass",
  docs: {
    language: "python",
    what: "Finds a network with dropout or batch normalization that is evaluated without `eval()` anywhere in the file.",
    why: "`no_grad` switches gradients off, not dropout: each score is that of another thinned network. Batch normalization then uses the statistics of the evaluation batch, and changes its running statistics by them.",
    bad: [
      "import torch",
      "from torch import nn",
      "",
      "net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))",
      "with torch.no_grad():",
      "    accuracy = (net(x_test).argmax(1) == y_test).float().mean()",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "from torch import nn",
      "",
      "net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))",
      "net.eval()",
      "with torch.no_grad():",
      "    accuracy = (net(x_test).argmax(1) == y_test).float().mean()",
      "",
    ].join("\n"),
    limits:
      "Needs to see the layers of the model. Silent when anything in the file sets a module to evaluation, for Monte Carlo dropout, for Lightning modules, and for accuracies on training batches.",
    references: [
      "https://docs.pytorch.org/docs/stable/notes/autograd.html#evaluation-mode-nn-module-eval",
      "https://rules.sonarsource.com/python/RSPEC-6982/",
    ],
  },

  *check(pass, { document, facts }) {
    const { program, call, model } = pass;
    if (isTestPath(document.path) || programIndex(program).calls.some(setsEvaluation)) return;
    const layer = faultyLayer(pass);
    // One is enough: all passes lack the same call.
    const first = facts("evaluationPass").find((other) => faultyLayer(other) !== undefined);
    if (layer === undefined || first !== pass) return;
    const written = program.module.text.slice(model.span.start, model.span.end);
    const effect =
      layer.effect === "drops"
        ? "it still drops activations at random"
        : "it still normalises by the batch at hand";
    yield {
      span: call.span,
      message: `\`${written}\` is evaluated in training mode: because of \`${layer.name}\`, ${effect}.`,
      related: [{ span: pass.block.span, message: "This only switches gradients off." }],
      fixes: fixesOf(pass, written, program),
    };
  },
});

function faultyLayer(pass: EvaluationPassFact): ModeLayer | undefined {
  return pass.role?.part === "train" || isMeant(pass) ? undefined : modeLayer(pass.origin);
}

/** Dropout is left on to measure uncertainty, or something else sets the mode. */
function isMeant({ within, program, origin }: EvaluationPassFact): boolean {
  const names = within.map(({ name }) => name);
  const words = names.flatMap(wordsOf);
  const isSampling = words.some((word) =>
    /^(?:mc|monte|carlo|uncertainty|bayesian|train)$/.test(word),
  );
  const isStep = names.some((name) => /^(?:validation|test|predict|eval)_step$/.test(name));
  const owner = origin.kind === "class" ? origin.owner : undefined;
  const bases = owner?.bases.map(({ value }) => program.qualifiedName(value) ?? "") ?? [];
  return isSampling || isStep || bases.some((base) => /Lightning/.test(base));
}

function fixesOf({ block }: EvaluationPassFact, model: string, program: PythonProgram): Fix[] {
  const before = block.kind === "function" ? block.body[0] : block;
  const indent = before === undefined ? undefined : indentOf(before.span.start, program);
  if (before === undefined || indent === undefined) return [];
  const { start } = before.span;
  return [
    {
      title: `Set \`${model}\` to evaluation`,
      safety: "unsafe",
      edits: [{ span: { start, end: start }, newText: `${model}.eval()\n${indent}` }],
    },
  ];
}
