import type { Span } from "../../../core/protocol/span.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { knownValue } from "./known-value.ts";
import { optimizerClass } from "./optimizer-classes.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** One transformation of `optax.chain(…)`, in the order in which gradients pass through. */
export interface ChainElement {
  /** `undefined` for what is not known to be a transformation of optax. */
  readonly qualifiedName: string | undefined;
  /** The call that makes it: `add_decayed_weights(wd)` also where it is masked or under a name. */
  readonly call: CallExpression | undefined;
  /**
   * `optimizer`: an alias as `optax.adam`, which ends in −lr; `negative rate`: another factor below
   * zero, −lr as a rule; `decay`: adds decay · w; `rescale`: divides by gradient statistics;
   * `scale`: a factor whose sign is not known; `other`: keeps the sign, as clipping does.
   */
  readonly role:
    | "optimizer"
    | "negative rate"
    | "decay"
    | "rescale"
    | "scale"
    | "other"
    | "unknown";
  /** As written in the chain. */
  readonly span: Span;
  /** The argument of the chain itself, `undefined` inside an inner chain. */
  readonly argument: Argument | undefined;
}

export interface OptaxChain {
  readonly call: CallExpression;
  /** Inner chains are spelled out. */
  readonly elements: readonly ChainElement[];
}

/** How many names, masks and inner chains are looked through. */
const MOST_STEPS = 8;

const found = new WeakMap<PythonProgram, readonly OptaxChain[]>();

/** All chains of a document that are not part of another one, in source order. */
export function optaxChains(program: PythonProgram): readonly OptaxChain[] {
  const known = found.get(program);
  if (known !== undefined) return known;
  const chains = programIndex(program)
    .calls.filter(({ qualifiedName }) => isChain(qualifiedName))
    .map(({ call }) => ({ call, elements: elementsOf(call, program, MOST_STEPS) }));
  const inner = new Set(
    chains.flatMap(({ call }) => call.arguments.map(({ value }) => madeBy(value, program))),
  );
  const outer = chains.filter(({ call }) => !inner.has(call));
  found.set(program, outer);
  return outer;
}

const isChain = (name: string | undefined) =>
  name === "optax.chain" || name === "optax.named_chain" || name === "optax.transforms.chain";

function elementsOf(
  chain: CallExpression,
  program: PythonProgram,
  steps: number,
): readonly ChainElement[] {
  const isNamed = program.qualifiedName(chain.callee) === "optax.named_chain";
  return chain.arguments.flatMap((argument): readonly ChainElement[] => {
    const { value, span, splat } = argument;
    const pair = isNamed && value.kind === "tuple" ? value.elements[1] : value;
    if (pair === undefined || splat !== "none") return [unknownAt(span, argument)];
    const elements = transformationsOf(pair, program, steps);
    const [only] = elements;
    return elements.length === 1 && only !== undefined
      ? [{ ...only, span, argument }]
      : elements.map((element) => ({ ...element, argument: undefined }));
  });
}

const unknownAt = (span: Span, argument?: Argument): ChainElement => ({
  qualifiedName: undefined,
  call: undefined,
  role: "unknown",
  span,
  argument,
});

/** The expression that a name was bound to, else the expression itself. */
function madeBy(node: Expression, program: PythonProgram): Expression {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" ? definition.value : node;
}

function transformationsOf(
  node: Expression,
  program: PythonProgram,
  steps: number,
): readonly ChainElement[] {
  const { span } = node;
  const made = madeBy(node, program);
  if (steps === 0 || made.kind !== "call") return [unknownAt(span)];
  const qualifiedName = calledName(made, program);
  if (isChain(qualifiedName)) return elementsOf(made, program, steps - 1);
  const [first] = made.arguments;
  if (qualifiedName === "optax.masked" && first !== undefined) {
    return transformationsOf(first.value, program, steps - 1).map((element) => ({
      ...element,
      span,
    }));
  }
  const role = roleOf(qualifiedName, made, program);
  return [{ qualifiedName, call: made, role, span, argument: undefined }];
}

/** `optax.adam`, also for `optax.inject_hyperparams(optax.adam)(…)`. */
function calledName({ callee }: CallExpression, program: PythonProgram): string | undefined {
  const isInjected =
    callee.kind === "call" && program.qualifiedName(callee.callee) === "optax.inject_hyperparams";
  const factory = isInjected ? callee.arguments[0]?.value : callee;
  const name = factory && program.qualifiedName(factory);
  return name?.replace(/^optax\.transforms\./, "optax.");
}

/** Transformations that neither turn an update around nor divide it by gradient statistics. */
const SIGN_KEEPING =
  /^optax\.(?:clip\w*|adaptive_grad_clip|centralize|identity|trace|ema|zero_nans|add_noise|per_example\w*|scale_by_trust_ratio|keep_params_nonnegative|normalize_by_update_norm)$/;

function roleOf(
  name: string | undefined,
  call: CallExpression,
  program: PythonProgram,
): ChainElement["role"] {
  if (name === undefined) return "unknown";
  if (name === "optax.add_decayed_weights") return "decay";
  if (optimizerClass(name)?.framework === "optax") return "optimizer";
  if (name === "optax.scale_by_learning_rate") {
    return argumentOf(call, "flip_sign", 1) === undefined ? "negative rate" : "scale";
  }
  if (name === "optax.scale") {
    const factor = argumentOf(call, "step_size", 0)?.value;
    return factor !== undefined && isNegative(factor, program) ? "negative rate" : "scale";
  }
  if (name === "optax.scale_by_schedule") return "scale";
  if (SIGN_KEEPING.test(name)) return "other";
  return /^optax\.scale_by_\w+$/.test(name) ? "rescale" : "unknown";
}

/** True for −c with a rate `c`, known or not: nobody negates a negative rate. */
export function isNegative(node: Expression, program: PythonProgram): boolean {
  const found = knownValue(node, program);
  const value = found?.kind === "scalar" ? found.value : undefined;
  if (typeof value === "number") return value < 0;
  if (node.kind === "unary") return node.operator === "-";
  return node.kind === "binary" && node.operator === "*"
    ? isNegative(node.left, program) !== isNegative(node.right, program)
    : false;
}
