import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ObjectiveFact } from "../../facts/objective.ts";
import { mayPenalise } from "../../semantics/penalty-signs.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { statementTree } from "../../semantics/statement-tree.ts";
import { type Blocker, isPenalty, type Term } from "../../semantics/training-term.ts";
import { sourceOf } from "../../syntax/python/source-of.ts";

/** Without any of these words nothing is differentiated: a cost in NumPy has no gradient to lose. */
const TRAINING = ["backward", "grad", "training_step", "minimize", "loss"];

export const penaltyHasNoGradient = defineRule({
  code: "NL306",
  name: "penalty-has-no-gradient",
  family: "formula",
  severity: "error",
  preview: false,
  mentions: [
    [
      ".item",
      ".detach",
      ".data",
      "float",
      ".numpy",
      "no_grad",
      "inference_mode",
      "stop_gradient",
      "state_dict",
      "get_weights",
      "torch.tensor",
      "tolist",
    ],
    TRAINING,
    mayPenalise,
  ],
  on: "objective",
  docs: {
    what: "Finds a penalty that is cut off from the gradient before it is added to the loss: by `.item()`, `.data`, `.detach()`, `float()`, `torch.no_grad()`, `stop_gradient`, or by reading a `state_dict()`.",
    why: "Automatic differentiation sees a constant: the loss that is printed is larger, the weights are trained exactly as without the penalty, whatever λ is.",
    bad: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(p.data.norm(2) ** 2 for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    good: [
      "import torch.nn.functional as F",
      "",
      "def step(net, x, y, lam):",
      "    l2 = sum(p.norm(2) ** 2 for p in net.parameters())",
      "    loss = F.cross_entropy(net(x), y) + lam * l2",
      "    loss.backward()",
      "",
    ].join("\n"),
    language: "python",
    limits:
      "Only losses whose gradient is asked for in sight are judged. A value that is cut off together with the whole loss, for a log or an evaluation, is left alone; so are distances to stored weights, as in EWC.",
    references: [
      "https://docs.pytorch.org/docs/stable/notes/autograd.html",
      "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.detach.html",
    ],
  },

  *check(fact, { document }) {
    const { terms } = fact;
    const blocked = terms.filter(isPenalty).filter(({ blocker }) => blocker !== undefined);
    if (blocked.length === 0) return;
    const text = document.text.toLowerCase();
    if (!TRAINING.some((word) => text.includes(word))) return;
    if (fact.sink === "none" || !isDifferentiated(fact)) return;
    if (terms.every(({ content, blocker }) => content.kind !== "data" || blocker)) return;
    for (const term of blocked) {
      const { blocker } = term;
      if (blocker === undefined || isAroundAll(blocker, fact)) continue;
      yield {
        span: blocker.outer,
        message: `\`${blocker.name}\` cuts this penalty off from the gradient: it adds a constant to the loss and does not change the training.`,
        fixes: fixesOf(term, blocker, fact),
      };
    }
  },
});

/** A loss that is returned is differentiated elsewhere; NumPy's never is. */
function isDifferentiated({ sink, program, site }: ObjectiveFact): boolean {
  if (sink === "backward" || sink === "gradient") return true;
  // Beside a `backward()` of its own, what is returned is a number for a log.
  const owner = site.within.at(-1);
  const { calls } = programIndex(program);
  if (calls.some(({ name, within }) => name === "backward" && within.at(-1) === owner))
    return false;
  return programIndex(program).imports.some(({ names }) =>
    names.some(({ module }) =>
      /^(?:torch|jax|lightning|pytorch_lightning|transformers)\b/.test(module),
    ),
  );
}

/** True where the whole of the loss is computed without gradient. */
function isAroundAll({ statement }: Blocker, { site, program }: ObjectiveFact): boolean {
  return statement !== undefined && statementTree(program).isIn(site.statement, statement);
}

function fixesOf(term: Term, blocker: Blocker, { program }: ObjectiveFact): readonly Fix[] {
  const { inner, outer, name } = blocker;
  // What reads the stored values has no value of its own that could be kept.
  const isRemovable =
    inner.end - inner.start < outer.end - outer.start && term.node.kind !== "list";
  if (!isRemovable || name === "torch.tensor()" || name === ".tolist()") return [];
  const newText = sourceOf({ span: inner }, program.module);
  const isMethod = outer.start === inner.start;
  const edits = isMethod
    ? [{ span: { start: inner.end, end: outer.end }, newText: "" }]
    : [{ span: outer, newText: `(${newText})` }];
  return [{ title: `Keep the gradient: drop \`${name}\``, safety: "safe", edits }];
}
