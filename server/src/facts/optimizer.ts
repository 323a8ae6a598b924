import type { Span } from "../../../core/protocol/span.ts";
import {
  argumentOf,
  flagArgument,
  hasSplat,
  type NumberValue,
  numberArgument,
  withOptions,
} from "../semantics/call-arguments.ts";
import { chainedOptimizer } from "../semantics/chained-optimizer.ts";
import { knownValue } from "../semantics/known-value.ts";
import { type ChainElement, optaxChains } from "../semantics/optax-chain.ts";
import {
  kerasOptimizerName,
  OPTIMIZER_WORDS,
  type OptimizerClass,
  optimizerClass,
  tensorflowJsOptimizerName,
} from "../semantics/optimizer-classes.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { type Extractor, isCode } from "./extractor.ts";

/** An optimizer that is built: `torch.optim.Adam(…)`, or Keras's `optimizer="adam"`. */
export interface OptimizerFact extends Omit<OptimizerClass, "coupling"> {
  readonly kind: "optimizer";
  readonly program: PythonProgram;
  readonly qualifiedName: string;
  /** `Adam` */
  readonly name: string;
  /** `optim.Adam` as written, or the string with its quotes. */
  readonly span: Span;
  /** `undefined` for a name in a string. */
  readonly call: CallExpression | undefined;
  readonly learningRate: NumberValue;
  readonly weightDecay: NumberValue;
  /** As this call has it; `antidecay`: weights grow, as the decay comes after the step. */
  readonly coupling: OptimizerClass["coupling"] | "antidecay";
  /** Where optax adds the decay in a transformation of its own. */
  readonly addedDecay: CallExpression | undefined;
  /** True where arguments may come that the document does not show. */
  readonly hasSplat: boolean;
  /** First argument of torch optimizers: what is to be trained. */
  readonly parameters: Expression | undefined;
  /** The call that the fact was read from: the optimizer's own, or `compile(…)`. */
  readonly site: CallSite;
}

const RATE_NAMES = {
  torch: "lr",
  timm: "lr",
  keras: "learning_rate",
  optax: "learning_rate",
  transformers: "learning_rate",
  tfjs: "learning_rate",
} as const;

export const optimizerFacts: Extractor<OptimizerFact> = {
  kind: "optimizer",
  languages: ["python", "javascript"],
  pythonMentions: [OPTIMIZER_WORDS],
  extract(syntax) {
    return isCode(syntax) ? optimizersOf(syntax.program) : [];
  },
};

const found = new WeakMap<PythonProgram, readonly OptimizerFact[]>();

/** All optimizers that a document builds, in source order. */
export function optimizersOf(program: PythonProgram): readonly OptimizerFact[] {
  const known = found.get(program);
  if (known !== undefined) return known;
  const facts = programIndex(program).calls.flatMap(
    (site) =>
      builtOptimizer(site, program) ??
      chainedOptimizer(site, program) ??
      namedOptimizer(site, program) ??
      [],
  );
  found.set(program, facts);
  return facts;
}

function builtOptimizer(site: CallSite, program: PythonProgram): OptimizerFact | undefined {
  const { call } = site;
  const qualifiedName = builtName(site, program);
  const known = qualifiedName === undefined ? undefined : optimizerClass(qualifiedName);
  if (known === undefined || qualifiedName === undefined) return undefined;
  const { framework, ratePosition, decayPosition } = known;
  const full = withOptions(call, program);
  return {
    ...known,
    kind: "optimizer",
    program,
    qualifiedName,
    name: qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1),
    span: call.callee.span,
    call,
    learningRate: numberArgument(full, RATE_NAMES[framework], ratePosition, program),
    weightDecay: numberArgument(full, "weight_decay", decayPosition, program),
    coupling: couplingOf(known, full, program),
    hasSplat: hasSplat(full),
    parameters: framework === "torch" ? call.arguments[0]?.value : undefined,
    site,
    ...(framework === "optax" ? decayOfChain(known, call, program) : { addedDecay: undefined }),
  };
}

/** The class that a call builds, also through `optax.inject_hyperparams(optax.adamw)(…)`. */
function builtName({ call, qualifiedName }: CallSite, program: PythonProgram): string | undefined {
  const { callee } = call;
  if (callee.kind !== "call") return qualifiedName;
  const wrapper = program.qualifiedName(callee.callee);
  const factory = callee.arguments[0]?.value;
  if (wrapper !== "optax.inject_hyperparams" || factory === undefined) return undefined;
  return program.qualifiedName(factory);
}

function couplingOf(
  known: OptimizerClass,
  call: CallExpression,
  program: PythonProgram,
): OptimizerClass["coupling"] {
  if (known.framework === "timm") return couplingByName(call, "opt", 1, "sgd", program);
  if (known.framework === "transformers") {
    return couplingByName(call, "optim", undefined, "adamw_torch", program);
  }
  if (known.decoupledBy === undefined) return known.coupling;
  const { name, default: otherwise } = known.decoupledBy;
  if (argumentOf(call, name) === undefined) {
    if (hasSplat(call)) return "unknown";
    return otherwise ? "decoupled" : "l2";
  }
  const isDecoupled = flagArgument(call, name, program);
  return isDecoupled === undefined ? "unknown" : isDecoupled ? "decoupled" : "l2";
}

const COUPLINGS: Readonly<Record<string, OptimizerClass["coupling"]>> = {
  sgd: "l2",
  momentum: "l2",
  adam: "l2",
  adamw: "decoupled",
  adamw_torch: "decoupled",
  adamw_torch_fused: "decoupled",
  adamw_hf: "decoupled",
  adamw_8bit: "decoupled",
  adamw_bnb_8bit: "decoupled",
  paged_adamw_8bit: "decoupled",
  paged_adamw_32bit: "decoupled",
};

/** Where an optimizer is chosen by its name: what that name does, if it is in sight. */
function couplingByName(
  call: CallExpression,
  keyword: string,
  position: number | undefined,
  otherwise: string,
  program: PythonProgram,
): OptimizerClass["coupling"] {
  const argument = argumentOf(call, keyword, position);
  if (argument === undefined) {
    return hasSplat(call) ? "unknown" : (COUPLINGS[otherwise] ?? "unknown");
  }
  const value = knownValue(argument.value, program);
  const name = value?.kind === "scalar" ? value.value : undefined;
  return (typeof name === "string" ? COUPLINGS[name] : undefined) ?? "unknown";
}

type DecayInChain = Pick<OptimizerFact, "addedDecay"> &
  Partial<Pick<OptimizerFact, "coupling" | "weightDecay">>;

/** The decay that `optax.chain(…)` adds before or after an optimizer that has none of its own. */
function decayOfChain(
  known: OptimizerClass,
  call: CallExpression,
  program: PythonProgram,
): DecayInChain {
  const elements = optaxChains(program).find((chain) =>
    chain.elements.some((element) => element.call === call),
  )?.elements;
  const [decay, ...others] = elements?.filter(({ role }) => role === "decay") ?? [];
  if (elements === undefined || known.coupling !== "none") return { addedDecay: undefined };
  if (decay?.call === undefined) {
    const isOpen = elements.some(({ role }) => role === "unknown");
    return { addedDecay: undefined, ...(isOpen ? { coupling: "unknown" } : {}) };
  }
  const at = elements.findIndex((element) => element.call === call);
  const coupling = elements.indexOf(decay) < at ? "l2" : "antidecay";
  return { addedDecay: decay.call, coupling, ...valueOfAdded(decay, others, program) };
}

function valueOfAdded(
  { call, span }: ChainElement,
  others: readonly ChainElement[],
  program: PythonProgram,
): Pick<OptimizerFact, "weightDecay"> {
  if (call === undefined || others.length > 0) return { weightDecay: { kind: "unknown", span } };
  return { weightDecay: numberArgument(call, "weight_decay", 0, program) };
}

/** `model.compile(optimizer="adam")`, or the same by position. */
function namedOptimizer(site: CallSite, program: PythonProgram): OptimizerFact | undefined {
  if (site.name !== "compile" || site.call.callee.kind !== "attribute") return undefined;
  const [first] = site.call.arguments;
  const argument =
    site.call.arguments.find(({ name }) => name === "optimizer") ??
    (first?.name === undefined ? first : undefined);
  if (argument?.value.kind !== "string" || argument.value.value === undefined) return undefined;
  const ofString =
    program.language === "javascript" ? tensorflowJsOptimizerName : kerasOptimizerName;
  const qualifiedName = ofString(argument.value.value);
  const known = qualifiedName === undefined ? undefined : optimizerClass(qualifiedName);
  if (known === undefined || qualifiedName === undefined) return undefined;
  return {
    ...known,
    kind: "optimizer",
    program,
    qualifiedName,
    name: argument.value.value,
    span: argument.value.span,
    call: undefined,
    learningRate: { kind: "absent" },
    weightDecay: { kind: "absent" },
    addedDecay: undefined,
    hasSplat: false,
    parameters: undefined,
    site,
  };
}
