import { defineRule, type Edit, type Fix, type Report } from "../../engine/rule.ts";
import {
  areAlternatives,
  isWithinBranches,
  type StepEvent,
  type TrainingStepFact,
} from "../../facts/training-step.ts";
import { argumentOf } from "../../semantics/call-arguments.ts";
import { programIndex } from "../../semantics/program-index.ts";
import type { Expression } from "../../syntax/python/ast.ts";

export const gradientClipWrongPlace = defineRule({
  code: "NL505",
  name: "gradient-clip-wrong-place",
  family: "optimizer",
  severity: "error",
  preview: false,
  mentions: [["clip_grad_norm", "clip_grad_value"], ["step"], ["backward"]],
  on: "trainingStep",
  docs: {
    language: "python",
    what: "Finds gradients that are clipped after the optimizer has used them, before they exist, or while a `GradScaler` still has them multiplied by its scale.",
    why: "Clipping works only between `backward()` and `step()`, on gradients in their own scale. Anywhere else it costs time and limits nothing, or, under mixed precision, cuts the gradients down to a tiny fraction of the limit that is written.",
    bad: [
      "from torch.nn.utils import clip_grad_norm_",
      "",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    loss = criterion(net(x), y)",
      "    loss.backward()",
      "    opt.step()",
      "    clip_grad_norm_(net.parameters(), 1.0)",
      "",
    ].join("\n"),
    good: [
      "from torch.nn.utils import clip_grad_norm_",
      "",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    loss = criterion(net(x), y)",
      "    loss.backward()",
      "    clip_grad_norm_(net.parameters(), 1.0)",
      "    opt.step()",
      "",
    ].join("\n"),
    limits:
      "Looks at rounds with one backward pass, one clip and one optimizer; silent where another optimizer than the one that is stepped may be meant, for the wrappers of Accelerate, Lightning and Fabric, for gradient penalties, and where an infinite limit only measures the norm.",
    references: [
      "PyTorch manual, torch.nn.utils.clip_grad_norm_",
      "PyTorch manual, Automatic Mixed Precision examples, Working with unscaled gradients",
    ],
  },

  *check(round) {
    for (const clip of round.events.filter(({ action }) => action === "clip")) {
      const order = orderOf(clip, round);
      const report = order && reportOf(order, round);
      if (report !== undefined) yield report;
    }
  },
});

interface Order {
  readonly backward: StepEvent;
  readonly clip: StepEvent;
  readonly step: StepEvent;
}

/**
 * The one of each that may be done in a round with this clip; `undefined` where there are several,
 * or where it is not plain.
 */
function orderOf(clip: StepEvent, { events, program }: TrainingStepFact): Order | undefined {
  const only = (action: StepEvent["action"]) => {
    const [first, ...others] = events.filter(
      (event) => event.action === action && !areAlternatives(event, clip),
    );
    return others.length === 0 ? first : undefined;
  };
  const [backward, step] = [only("backward"), only("step")];
  if (backward === undefined || only("clip") !== clip || step === undefined) return undefined;
  if (clip.innerLoops > 0 || clip.isWrapped || backward.isWrapped) return undefined;
  const { calls } = programIndex(program);
  const isPenalty = calls.some(
    ({ qualifiedName, call }) =>
      qualifiedName === "torch.autograd.grad" || argumentOf(call, "create_graph") !== undefined,
  );
  const limit = argumentOf(clip.call, "max_norm", 1)?.value;
  const isMeasure = limit !== undefined && /inf/i.test(textOf(limit, program.module.text));
  return isPenalty || isMeasure || isOfOther(clip, step, program)
    ? undefined
    : { backward, clip, step };
}

const textOf = ({ span }: Expression, text: string) => text.slice(span.start, span.end);

/** True where the optimizer is known to train another model than the one that is clipped. */
function isOfOther(clip: StepEvent, step: StepEvent, program: TrainingStepFact["program"]) {
  const definition = step.subject?.kind === "name" ? program.definition(step.subject) : undefined;
  const built = definition?.kind === "assigned" ? definition.value : undefined;
  const trained = built?.kind === "call" ? modelOf(built.arguments[0]?.value) : undefined;
  const clipped = modelOf(clip.subject);
  if (trained === undefined || clipped === undefined) return false;
  const { text } = program.module;
  return textOf(trained, text) !== textOf(clipped, text);
}

/** `net` of `net.parameters()`. */
function modelOf(parameters: Expression | undefined): Expression | undefined {
  if (parameters?.kind !== "call" || parameters.callee.kind !== "attribute") return undefined;
  return parameters.callee.attribute === "parameters" ? parameters.callee.value : undefined;
}

const isBefore = (a: StepEvent, b: StepEvent) => a.call.span.end <= b.call.span.start;

function reportOf({ backward, clip, step }: Order, round: TrainingStepFact): Report | undefined {
  const { text } = round.program.module;
  const span = clip.call.span;
  const name = textOf(clip.call.callee, text);
  const show = (event: StepEvent) => `\`${textOf(event.call, text)}\``;
  if (isBefore(backward, step) && isBefore(step, clip) && isWithinBranches(clip, step)) {
    return {
      span,
      message: `\`${name}\` runs after ${show(step)}, which has already used the gradients unclipped.`,
      related: [{ span: step.call.span, message: "The gradients are used here." }],
      fixes: swap("Clip before the step", step, clip, text),
    };
  }
  if (isBefore(clip, backward) && isBefore(backward, step) && isWithinBranches(clip, backward)) {
    return {
      span,
      message: `\`${name}\` runs before ${show(backward)}: the gradients that it should limit do not exist yet.`,
      related: [{ span: backward.call.span, message: "The gradients are computed here." }],
      fixes: swap("Clip after the backward pass", clip, backward, text),
    };
  }
  return isScaled({ backward, clip, step }, round)
    ? {
        span,
        message: `\`${name}\` sees gradients that \`${scalerOf(backward, text)}\` has multiplied by its loss scale: the limit is that many times too small.`,
        related: [{ span: backward.call.span, message: "The gradients are scaled here." }],
        fixes: unscale(clip, step, text),
      }
    : undefined;
}

const scalerOf = ({ scaler }: StepEvent, text: string) =>
  scaler === undefined ? "the scaler" : textOf(scaler, text);

function isScaled({ backward, clip, step }: Order, { program }: TrainingStepFact): boolean {
  const { calls } = programIndex(program);
  return (
    backward.scaler !== undefined &&
    step.scaler !== undefined &&
    isBefore(backward, clip) &&
    isBefore(clip, step) &&
    isWithinBranches(clip, backward) &&
    !calls.some(({ name }) => name?.startsWith("unscale_") === true)
  );
}

/** Two statements that stand side by side change places. */
function swap(title: string, first: StepEvent, second: StepEvent, text: string): Fix[] {
  const { block } = first;
  const at = block.indexOf(first.statement);
  const isAdjacent = block === second.block && block[at + 1] === second.statement;
  if (!isAdjacent) return [];
  const [a, b] = [first.statement.span, second.statement.span];
  const edits: Edit[] = [
    { span: a, newText: text.slice(b.start, b.end) },
    { span: b, newText: text.slice(a.start, a.end) },
  ];
  return [{ title, safety: "safe", edits }];
}

function unscale(clip: StepEvent, step: StepEvent, text: string): Fix[] {
  const { start } = clip.statement.span;
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (step.scaler === undefined || step.subject === undefined || indent.trim() !== "") return [];
  const call = `${textOf(step.scaler, text)}.unscale_(${textOf(step.subject, text)})`;
  return [
    {
      title: `Call \`${call}\` first`,
      safety: "unsafe",
      edits: [{ span: { start, end: start }, newText: `${call}\n${indent}` }],
    },
  ];
}
