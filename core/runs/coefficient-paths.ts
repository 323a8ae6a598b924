import type { SafetensorsContents } from "../formats/safetensors.ts";
import type { CoefficientPaths } from "../protocol/panel/path.ts";

/** A chart with more lines than this shows none of them. */
const MOST_FEATURES = 200;

interface Stored {
  readonly lambdas: Float64Array;
  /** [K, features, outputs]. */
  readonly coef: Float64Array;
  readonly scale: Float64Array;
  readonly names: readonly string[];
  readonly outputs: number;
}

/**
 * The paths to draw of what a run stored: `lambda` [K], `coef` [K, features, outputs] in the features'
 * units, `scale` [features], and the metadata `features`, a JSON list of names, and `standardized`.
 *
 * Of many features only those are taken that grow largest. A text says why there are none.
 */
export function coefficientPaths(
  { tensors, metadata }: SafetensorsContents,
  most = MOST_FEATURES,
): CoefficientPaths | string {
  const stored = storedPaths({ tensors, metadata });
  if (typeof stored === "string") return stored;
  const { lambdas, scale, names, outputs } = stored;
  const { standardized } = metadata;
  const norms = names.map((_, feature) => normsOf(stored, feature));
  const kept = new Float64Array(lambdas.length);
  for (const own of norms) {
    for (const [at, value] of own.entries()) if (value !== 0) kept[at] = (kept[at] ?? 0) + 1;
  }
  const largest = norms.map((own, feature) => {
    return (
      (scale[feature] ?? 1) * own.reduce((top, value) => Math.max(top, Math.abs(value) || 0), 0)
    );
  });
  const chosen = names
    .map((_, feature) => feature)
    .sort((a, b) => (largest[b] ?? 0) - (largest[a] ?? 0) || a - b)
    .slice(0, most);
  const coefficients = new Float64Array(chosen.length * lambdas.length);
  const sizes = new Float64Array(coefficients.length);
  for (const [row, feature] of chosen.entries()) {
    const own = norms[feature] ?? new Float64Array();
    coefficients.set(own, row * lambdas.length);
    sizes.set(
      own.map((value) => value * (scale[feature] ?? 1)),
      row * lambdas.length,
    );
  }
  return {
    lambdas,
    features: chosen.map((feature) => names[feature] ?? ""),
    featuresTotal: names.length,
    outputs,
    coefficients,
    sizes,
    isStandardized: standardized === "true",
    kept,
  };
}

/** Of one output the coefficient itself, of several ‖·‖₂ over them; by λ. */
function normsOf({ lambdas, coef, names, outputs }: Stored, feature: number): Float64Array {
  return lambdas.map((_, at) => {
    const start = (at * names.length + feature) * outputs;
    return outputs === 1
      ? (coef[start] ?? 0)
      : Math.hypot(...coef.subarray(start, start + outputs));
  });
}

function storedPaths({ tensors, metadata }: SafetensorsContents): Stored | string {
  const doubles = (name: string): { data: Float64Array; shape: readonly number[] } | undefined => {
    const found = tensors.find((tensor) => tensor.name === name);
    return found?.data instanceof Float64Array
      ? { data: found.data, shape: found.shape }
      : undefined;
  };
  const [lambda, coef, scale] = [doubles("lambda"), doubles("coef"), doubles("scale")];
  const { features: listed } = metadata;
  const names = namesOf(listed);
  if (lambda === undefined || coef === undefined || scale === undefined) {
    return "it holds no F64 tensors `lambda`, `coef` and `scale`";
  }
  if (names === undefined) return "its metadata hold no list of names `features`";
  const [count, features, outputs = 0] = coef.shape;
  const isWhole =
    coef.shape.length === 3 &&
    outputs > 0 &&
    count === lambda.data.length &&
    features === names.length &&
    scale.data.length === names.length;
  if (!isWhole) {
    return `\`coef\` of shape [${coef.shape.join(", ")}] does not fit ${lambda.data.length} λ, ${names.length} names and ${scale.data.length} scales`;
  }
  return { lambdas: lambda.data, coef: coef.data, scale: scale.data, names, outputs };
}

function namesOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((name) => typeof name === "string")
      ? value
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
