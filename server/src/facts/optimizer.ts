import type { Span } from "../../../core/protocol/span.ts";
import { hasSplat, type NumberValue, numberArgument } from "../semantics/call-arguments.ts";
import {
  kerasOptimizerName,
  type OptimizerClass,
  optimizerClass,
} from "../semantics/optimizer-classes.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** An optimizer that is built: `torch.optim.Adam(…)`, or Keras's `optimizer="adam"`. */
export interface OptimizerFact extends OptimizerClass {
  readonly kind: "optimizer";
  readonly qualifiedName: string;
  /** `Adam` */
  readonly name: string;
  /** `optim.Adam` as written, or the string with its quotes. */
  readonly span: Span;
  /** `undefined` for a name in a string. */
  readonly call: CallExpression | undefined;
  readonly learningRate: NumberValue;
  readonly weightDecay: NumberValue;
  readonly hasSplat: boolean;
  /** First argument of torch optimizers: what is to be trained. */
  readonly parameters: Expression | undefined;
  /** The call that the fact was read from: the optimizer's own, or `compile(…)`. */
  readonly site: CallSite;
}

const LEARNING_RATES = { torch: "lr", keras: "learning_rate", optax: "learning_rate" } as const;

export const optimizerFacts: Extractor<OptimizerFact> = {
  kind: "optimizer",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap(
      (site) => builtOptimizer(site, program) ?? namedOptimizer(site) ?? [],
    );
  },
};

function builtOptimizer(site: CallSite, program: PythonProgram): OptimizerFact | undefined {
  const { call, qualifiedName } = site;
  const known = qualifiedName === undefined ? undefined : optimizerClass(qualifiedName);
  if (known === undefined || qualifiedName === undefined) return undefined;
  const ratePosition = known.framework === "torch" ? 1 : 0;
  return {
    ...known,
    kind: "optimizer",
    qualifiedName,
    name: qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1),
    span: call.callee.span,
    call,
    learningRate: numberArgument(call, LEARNING_RATES[known.framework], ratePosition, program),
    weightDecay: numberArgument(call, "weight_decay", known.decayPosition, program),
    hasSplat: hasSplat(call),
    parameters: known.framework === "torch" ? call.arguments[0]?.value : undefined,
    site,
  };
}

/** `model.compile(optimizer="adam")`, or the same by position. */
function namedOptimizer(site: CallSite): OptimizerFact | undefined {
  if (site.name !== "compile" || site.call.callee.kind !== "attribute") return undefined;
  const [first] = site.call.arguments;
  const argument =
    site.call.arguments.find(({ name }) => name === "optimizer") ??
    (first?.name === undefined ? first : undefined);
  if (argument?.value.kind !== "string" || argument.value.value === undefined) return undefined;
  const qualifiedName = kerasOptimizerName(argument.value.value);
  const known = qualifiedName === undefined ? undefined : optimizerClass(qualifiedName);
  if (known === undefined || qualifiedName === undefined) return undefined;
  return {
    ...known,
    kind: "optimizer",
    qualifiedName,
    name: argument.value.value,
    span: argument.value.span,
    call: undefined,
    learningRate: { kind: "absent" },
    weightDecay: { kind: "absent" },
    hasSplat: false,
    parameters: undefined,
    site,
  };
}
