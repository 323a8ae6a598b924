import { type KnownNumber, knownNumber, numberOf } from "../semantics/call-arguments.ts";
import { layerPenalties } from "../semantics/layer-penalties.ts";
import { layerSize, totalSize } from "../semantics/layer-size.ts";
import { modelView, weightLayers } from "../semantics/model-view.ts";
import { mayComputeNorm } from "../semantics/penalty-signs.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Term } from "../semantics/training-term.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
} from "../syntax/python/ast.ts";
import { type Extractor, isCode } from "./extractor.ts";
import { type ObjectiveFact, objectiveFacts } from "./objective.ts";
import { type OptimizerFact, optimizersOf } from "./optimizer.ts";

/** How strongly weights are penalised, wherever that is said and as far as it is a number. */
export interface PenaltyStrengthFact {
  readonly kind: "penaltyStrength";
  readonly program: PythonProgram;
  readonly norm: "l1" | "l2";
  /**
   * `layer`: k·Σ|w| or k·Σw² of a Keras layer; `loss`: the same written out in a loss;
   * `optimizer`: the decay that it adds to the gradient or takes off the weights.
   */
  readonly source: "layer" | "loss" | "optimizer";
  readonly strength: KnownNumber;
  readonly optimizer: OptimizerFact | undefined;
  /** Weights that it falls on, `undefined` where they are not in sight. */
  readonly size: number | undefined;
  /** Layers with weights that it falls on. */
  readonly layerCount: number | undefined;
}

const LAYERS = /regulari[sz]er|\b(?:keras|tensorflow)\b/i;
const WEIGHTS = /parameters\b|params\b|trainable|variables\b|state_dict|get_weights/;

/** Whether code may say how strongly weights are penalised, told without parsing it. */
export function mayGiveStrength(code: CodeText): boolean {
  const isTold = code.functionsWith(["strength"]).length > 0;
  if (isTold && code.functionsWith(["optimizer"]).length > 0) return true;
  return (isTold && LAYERS.test(code.text)) || (mayComputeNorm(code) && WEIGHTS.test(code.text));
}

export const penaltyStrengthFacts: Extractor<PenaltyStrengthFact> = {
  kind: "penaltyStrength",
  languages: ["python", "javascript"],
  extract(syntax, document) {
    if (!isCode(syntax)) return [];
    const { program } = syntax;
    return [
      ...ofLayers(program),
      ...optimizersOf(program).flatMap((optimizer) => ofOptimizer(optimizer) ?? []),
      ...objectiveFacts.extract(syntax, document).flatMap(ofObjective),
    ].toSorted((a, b) => a.strength.span.start - b.strength.span.start);
  },
};

function ofLayers(program: PythonProgram): PenaltyStrengthFact[] {
  return layerPenalties(program).flatMap(({ norm, coefficient, layer }) =>
    coefficient === undefined
      ? []
      : [
          {
            kind: "penaltyStrength",
            program,
            norm,
            source: "layer",
            strength: coefficient,
            optimizer: undefined,
            size: layerSize(layer, program),
            layerCount: undefined,
          },
        ],
  );
}

type Around = readonly (FunctionStatement | ClassStatement)[];

function sizeOf(model: Expression | undefined, around: Around, program: PythonProgram) {
  const view = model && modelView(model, around, program);
  const layers: readonly CallExpression[] | undefined = view && weightLayers(view, program);
  if (layers === undefined) return { size: undefined, layerCount: undefined };
  return { size: totalSize(layers, program), layerCount: layers.length };
}

function ofOptimizer(optimizer: OptimizerFact): PenaltyStrengthFact | undefined {
  const { program, parameters, site } = optimizer;
  const strength = knownNumber(optimizer.weightDecay);
  if (strength === undefined) return undefined;
  const size = sizeOf(modelOfParameters(parameters), site.within, program);
  return {
    kind: "penaltyStrength",
    program,
    norm: "l2",
    source: "optimizer",
    strength,
    optimizer,
    ...size,
  };
}

/** `net` of `net.parameters()`. */
export function modelOfParameters(parameters: Expression | undefined): Expression | undefined {
  const isCall = parameters?.kind === "call" && parameters.callee.kind === "attribute";
  if (!isCall || parameters.callee.kind !== "attribute") return undefined;
  return parameters.callee.attribute === "parameters" ? parameters.callee.value : undefined;
}

function ofObjective({ terms, program, site }: ObjectiveFact): PenaltyStrengthFact[] {
  return terms.flatMap((term): PenaltyStrengthFact[] => {
    if (term.content.kind !== "penalty") return [];
    const { norm } = term.content;
    const form = norm.kind === "l1" ? "l1" : norm.kind === "l2squared" ? "l2" : undefined;
    const [weights, ...others] = norm.weights;
    const isSum = norm.reduction === "sum" && weights?.coverage === "model" && !weights.isFiltered;
    const strength = strengthOf(term, norm.scale, program);
    if (form === undefined || !isSum || others.length > 0 || strength === undefined) return [];
    const size = sizeOf(weights.node, site.within, program);
    const base = { kind: "penaltyStrength", program, norm: form, source: "loss" } as const;
    return [{ ...base, strength, optimizer: undefined, ...size }];
  });
}

/** The coefficient of a term, when all of it is known. */
function strengthOf(term: Term, scale: number, program: PythonProgram): KnownNumber | undefined {
  const factors = term.factors.map((node) => knownNumber(numberOf(node, program)));
  const divisors = term.divisors.map((node) => knownNumber(numberOf(node, program)));
  const known = [...factors, ...divisors].filter((number) => number !== undefined);
  const [first] = known;
  if (known.length !== factors.length + divisors.length) return undefined;
  if (first === undefined || term.blocker !== undefined) return undefined;
  const product = factors.reduce((value, number) => value * (number?.value ?? 1), scale);
  const value = divisors.reduce((rest, number) => rest / (number?.value ?? 1), product);
  const kind = known.every((number) => number.kind === "constant") ? "constant" : "default";
  // Only a single number can be written anew.
  return { kind, value, span: first.span, origin: known.length === 1 ? first.origin : first.span };
}
