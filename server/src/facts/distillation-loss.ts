import { argumentOf, numberOf } from "../semantics/call-arguments.ts";
import { isHalfTyped } from "../semantics/half-typed.ts";
import { lossCall } from "../semantics/loss-calls.ts";
import { type CallSite, lastName, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, ClassStatement, Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** A Kullback-Leibler divergence of PyTorch. */
export interface DistillationLossFact {
  readonly kind: "distillationLoss";
  readonly call: CallExpression;
  /** The call that takes the `reduction`; `undefined` where it may have been given one. */
  readonly unreduced: CallExpression | undefined;
  readonly input: Expression;
  /** What the input is in the end. */
  readonly form: "log-probabilities" | "probabilities" | "unknown";
  /** What both sides are divided by; `undefined` for none. */
  readonly temperature: { readonly text: string; readonly value: number | undefined } | undefined;
  /** Whether the square of the temperature is anywhere in the function. */
  readonly isSquared: boolean;
}

export const distillationLossFacts: Extractor<DistillationLossFact> = {
  kind: "distillationLoss",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !/kl_div|KLDivLoss/.test(text)) return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => factOf(site, program));
  },
};

function factOf(site: CallSite, program: PythonProgram): readonly DistillationLossFact[] {
  const { call, within } = site;
  const owner = within.findLast((scope): scope is ClassStatement => scope.kind === "class");
  const configured = lossCall(call, owner, program)?.configured;
  const name = configured && program.qualifiedName(configured.callee);
  const isFunction = name === "torch.nn.functional.kl_div";
  if (configured === undefined || (!isFunction && name !== "torch.nn.KLDivLoss")) return [];
  const input = argumentOf(call, "input", 0)?.value;
  if (input === undefined || isHalfTyped(call, program.module)) return [];
  const isGiven = hasReduction(configured, isFunction ? 2 : 0);
  const { form, logits } = formOf(input, program);
  const temperature = logits && temperatureOf(logits, program);
  return [
    {
      kind: "distillationLoss",
      call,
      unreduced: isGiven ? undefined : configured,
      input,
      form,
      temperature,
      isSquared: temperature !== undefined && holdsSquare(temperature, site, program),
    },
  ];
}

/** A reduction by keyword or by position, or any of its predecessors `size_average` and `reduce`. */
const hasReduction = (call: CallExpression, before: number): boolean =>
  call.arguments.some(
    ({ name, splat }, index) =>
      splat !== "none" ||
      (name === undefined && index >= before) ||
      ["reduction", "size_average", "reduce"].includes(name ?? ""),
  );

interface Form {
  readonly form: DistillationLossFact["form"];
  /** What the softmax is taken of. */
  readonly logits: Expression | undefined;
}

const UNKNOWN: Form = { form: "unknown", logits: undefined };

function formOf(node: Expression, program: PythonProgram, steps = 6): Form {
  if (steps === 0) return UNKNOWN;
  const next = (inner: Expression) => formOf(inner, program, steps - 1);
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned" ? next(definition.value) : UNKNOWN;
  }
  const receiver = node.kind === "call" ? receiverOf(node, program) : undefined;
  const operand = receiver ?? (node.kind === "call" ? node.arguments[0]?.value : undefined);
  if (node.kind !== "call" || operand === undefined) return UNKNOWN;
  switch (lastName(node.callee)) {
    case "log_softmax":
    case "logsigmoid":
      return { form: "log-probabilities", logits: operand };
    case "log":
      return { form: "log-probabilities", logits: next(operand).logits };
    case "softmax":
      return { form: "probabilities", logits: operand };
    default:
      return receiver !== undefined && VIEWS.has(lastName(node.callee) ?? "")
        ? next(receiver)
        : UNKNOWN;
  }
}

const VIEWS = new Set(["view", "reshape", "float", "to", "squeeze", "flatten", "contiguous"]);

/** `x` of the method call `x.softmax(1)`; none for functions of a library. */
function receiverOf({ callee }: CallExpression, program: PythonProgram): Expression | undefined {
  const isMethod = callee.kind === "attribute" && program.qualifiedName(callee) === undefined;
  return isMethod ? callee.value : undefined;
}

function temperatureOf(
  logits: Expression,
  program: PythonProgram,
): DistillationLossFact["temperature"] {
  const definition = logits.kind === "name" ? program.definition(logits) : undefined;
  const node = definition?.kind === "assigned" ? definition.value : logits;
  if (node.kind !== "binary" || node.operator !== "/") return undefined;
  const { right } = node;
  const number = numberOf(right, program);
  const { text } = program.module;
  return {
    text: text.slice(right.span.start, right.span.end),
    value: number.kind === "unknown" ? undefined : number.value,
  };
}

/** `T * T`, `T ** 2`, `pow(T, 2)`, or its number, in the function or class around. */
function holdsSquare(
  { text: temperature, value }: NonNullable<DistillationLossFact["temperature"]>,
  site: CallSite,
  program: PythonProgram,
): boolean {
  const { text, body } = program.module;
  const around = site.within[0]?.body ?? body;
  const shown = ({ span }: Expression) => text.slice(span.start, span.end);
  const last = temperature.slice(temperature.lastIndexOf(".") + 1);
  const isIt = (node: Expression): boolean =>
    shown(node) === temperature || lastName(node) === last;
  return [...statementsIn(around)]
    .flatMap(ownExpressions)
    .flatMap((root) => [...expressionsIn(root)])
    .some((node) => {
      if (node.kind === "number") return value !== undefined && node.value === value ** 2;
      if (node.kind === "call") {
        const isPower = /^(?:pow|square|power)$/.test(lastName(node.callee) ?? "");
        return isPower && [...expressionsIn(node)].some(isIt);
      }
      if (node.kind !== "binary") return false;
      if (node.operator === "**") return isIt(node.left);
      // `loss * T * T` is read as `(loss * T) * T`.
      return node.operator === "*" && isIt(node.right) && [...expressionsIn(node.left)].some(isIt);
    });
}
