import type { CallExpression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";

export type ParameterRole = "weight" | "bias" | "norm" | "embedding" | "free";

/** One trainable tensor of a layer. */
export interface LayerParameter {
  /** Below the layer: `weight`, `out_proj.bias`. */
  readonly name: string;
  readonly rank: number;
  readonly role: ParameterRole;
}

const weight = (name: string, rank: number): LayerParameter => ({ name, rank, role: "weight" });
const bias = (name: string): LayerParameter => ({ name, rank: 1, role: "bias" });
const norm = (name: string): LayerParameter => ({ name, rank: 1, role: "norm" });

const NORM_CLASS =
  /(?:^|\.)(?:\w*(?:Batch|Layer|RMS|Rms|Group|Instance)_?(?:Normalization|Norm)\w*|\w*Norm[123]d|\w*Norm)$/;
/** Names that end like a norm and are none: they divide by one, or have no parameters. */
const NOT_NORM =
  /(?:LocalResponseNorm|(?:Pre|Post|Add|Res|Ada|Sub)_?Norm|CrossMapLRN2d|UnitNormalization|weight_norm|spectral_norm|Normalize|(?:Max|MinMax|Unit|Non|Clip\w*|Grad\w*|Weight|Spectral)Norm)$/;

/** True for the class of a normalisation layer, of a library or of the project itself. */
export function isNormClass(className: string): boolean {
  return NORM_CLASS.test(className) && !NOT_NORM.test(className);
}

export function isBatchNormClass(className: string): boolean {
  return isNormClass(className) && /Batch_?Norm/.test(className);
}

const isSwitchedOff = (call: CallExpression, name: string, position?: number): boolean => {
  const value = argumentOf(call, name, position)?.value;
  return value?.kind === "constant" && (value.value === false || value.value === null);
};

/** The affine parameters of a norm; only instance norm has none unless it is asked for them. */
function ofNorm(className: string, call: CallExpression): readonly LayerParameter[] {
  const isInstance = className.includes("Instance");
  const affine = argumentOf(call, "affine")?.value;
  const isAffine = affine?.kind === "constant" ? affine.value === true : !isInstance;
  if (!isAffine || isSwitchedOff(call, "elementwise_affine")) return [];
  const isPlain = /RMS|Rms/.test(className) || isSwitchedOff(call, "bias");
  return isPlain ? [norm("weight")] : [norm("weight"), bias("bias")];
}

function ofRecurrent(call: CallExpression): readonly LayerParameter[] {
  const weights = [weight("weight_ih_l0", 2), weight("weight_hh_l0", 2)];
  return isSwitchedOff(call, "bias") ? weights : [...weights, bias("bias_ih_l0")];
}

const ATTENTION = [weight("in_proj_weight", 2), bias("in_proj_bias"), weight("out_proj.weight", 2)];

function ofTransformerLayer(): readonly LayerParameter[] {
  const attention = ATTENTION.map((part) => ({ ...part, name: `self_attn.${part.name}` }));
  const linear = [1, 2].flatMap((n) => [weight(`linear${n}.weight`, 2), bias(`linear${n}.bias`)]);
  const norms = [1, 2].flatMap((n) => [norm(`norm${n}.weight`), bias(`norm${n}.bias`)]);
  return [...attention, ...linear, ...norms];
}

function convolutionRank(className: string): number {
  const dimensions = /([123])[dD]/.exec(className)?.[1];
  return 2 + Number(dimensions ?? 2);
}

function ofTorch(name: string, call: CallExpression): readonly LayerParameter[] | undefined {
  const hasBias = !isSwitchedOff(call, "bias");
  const biases = hasBias ? [bias("bias")] : [];
  if (/^(?:Lazy)?Linear$/.test(name)) return [weight("weight", 2), ...biases];
  if (name === "Bilinear") return [weight("weight", 3), ...biases];
  if (/^(?:Lazy)?Conv(?:Transpose)?[123]d$/.test(name)) {
    return [weight("weight", convolutionRank(name)), ...biases];
  }
  if (/^Embedding(?:Bag)?$/.test(name)) return [{ name: "weight", rank: 2, role: "embedding" }];
  if (/^(?:RNN|LSTM|GRU)$/.test(name)) return ofRecurrent(call);
  if (name === "MultiheadAttention") return ATTENTION;
  if (/^Transformer(?:En|De)coderLayer$/.test(name)) return ofTransformerLayer();
  if (name === "Transformer") return ofTransformerLayer().map(inside("encoder.layers.*"));
  return PARAMETER_FREE.test(name) ? [] : undefined;
}

const inside = (prefix: string) => (part: LayerParameter) => ({
  ...part,
  name: `${prefix}.${part.name}`,
});

const PARAMETER_FREE =
  /^(?:\w*ReLU\d?|[GCS]?ELU|SiLU|Sigmoid|Tanh|Softmax\w*|LogSoftmax|Hard\w+|Mish|\w*Dropout\d?d?|Identity|Flatten|Unflatten|\w*Pool\d?d|\w*Pad\d?d|Upsample|Pixel\w+|Softplus|\w*Loss|CosineSimilarity|Fold|Unfold)$/;

/** Layers of Keras and flax call their parameters kernel, scale, gamma, beta. */
function ofDense(name: string, call: CallExpression): readonly LayerParameter[] | undefined {
  const hasBias = !isSwitchedOff(call, "use_bias");
  const biases = hasBias ? [bias("bias")] : [];
  if (/^Dense(?:General)?$/.test(name)) return [weight("kernel", 2), ...biases];
  if (/^\w*Conv\w*$/.test(name)) return [weight("kernel", convolutionRank(name)), ...biases];
  if (/^Embed(?:ding)?$/.test(name)) return [{ name: "embedding", rank: 2, role: "embedding" }];
  if (/^(?:SimpleRNN|\w*LSTM\w*|\w*GRU\w*)$/.test(name)) return [weight("kernel", 2), ...biases];
  if (/Attention$/.test(name)) return [weight("query.kernel", 3), bias("query.bias")];
  return undefined;
}

/** What a layer class trains; `undefined` for classes that are no layers of a library. */
export function layerParameters(
  className: string,
  call: CallExpression,
): readonly LayerParameter[] | undefined {
  if (isNormClass(className)) return ofNorm(className, call);
  const torch = /^torch\.nn\.(\w+)$/.exec(className)?.[1];
  if (torch !== undefined) return ofTorch(torch, call);
  const dense = /^(?:keras\.layers|flax\.linen|flax\.nnx|equinox\.nn)\.(\w+)$/.exec(className)?.[1];
  return dense === undefined ? undefined : ofDense(dense, call);
}
