import type { Span } from "../../../core/protocol/span.ts";
import { argumentOf, type NumberValue, numberArgument } from "../semantics/call-arguments.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import { type Extractor, isCode } from "./extractor.ts";

/** A dropout rate that is given to a layer, a function or a model. */
export interface DropoutFact {
  readonly kind: "dropout";
  readonly program: PythonProgram;
  readonly call: CallExpression;
  /** `nn.Dropout` as written. */
  readonly span: Span;
  readonly qualifiedName: string;
  readonly rate: NumberValue;
  /** `keep`: the share that is kept, as TensorFlow 1 counted. */
  readonly counts: "drop" | "keep";
  /** True where the call does nothing else than drop. */
  readonly isLayer: boolean;
}

const LAYERS: readonly (readonly [RegExp, keyword: string, position: number])[] = [
  [/^torch\.nn\.(?:Feature)?(?:Alpha)?Dropout(?:[123]d)?$/, "p", 0],
  [/^torch\.nn\.functional\.(?:feature_)?(?:alpha_)?dropout(?:[123]d)?$/, "p", 1],
  [/^keras\.layers\.(?:(?:Alpha|Gaussian)?Dropout|SpatialDropout[123]D)$/, "rate", 0],
  [/^flax\.(?:linen|nnx)\.Dropout$/, "rate", 0],
];

/** Arguments that are a rate in whatever these libraries build. */
const BUILDERS = /^(?:torch\.nn|keras\.layers|peft|transformers)\.(?:\w+\.)*[A-Z]\w*$/;
const RATE_KEYWORD =
  /^(?:(?:\w+_)?dropout|dropout_rate|(?:attn|attention|proj|hidden|embd|resid|lora|recurrent|classifier|activation)_(?:p?drop(?:out)?)(?:_prob|_rate)?)$/;

export const dropoutFacts: Extractor<DropoutFact> = {
  kind: "dropout",
  languages: ["python", "javascript"],
  extract(syntax, { text }) {
    if (!isCode(syntax) || !/drop|keep_prob/i.test(text)) return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => ratesOf(site, program));
  },
};

function ratesOf({ call, qualifiedName }: CallSite, program: PythonProgram): DropoutFact[] {
  if (qualifiedName === undefined) return [];
  const fact = (
    rate: NumberValue,
    isLayer: boolean,
    counts: DropoutFact["counts"] = "drop",
  ): DropoutFact => ({
    kind: "dropout",
    program,
    call,
    span: call.callee.span,
    qualifiedName,
    rate,
    counts,
    isLayer,
  });
  if (/^tensorflow\.(?:compat\.v1\.)?nn\.dropout$/.test(qualifiedName)) {
    const isKeep = argumentOf(call, "keep_prob") !== undefined;
    const rate = numberArgument(call, isKeep ? "keep_prob" : "rate", undefined, program);
    return [fact(rate, true, isKeep ? "keep" : "drop")];
  }
  const layer = LAYERS.find(([pattern]) => pattern.test(qualifiedName));
  if (layer !== undefined) return [fact(numberArgument(call, layer[1], layer[2], program), true)];
  if (!BUILDERS.test(qualifiedName)) return [];
  return call.arguments.flatMap(({ name }) =>
    name !== undefined && RATE_KEYWORD.test(name)
      ? [fact(numberArgument(call, name, undefined, program), false)]
      : [],
  );
}
