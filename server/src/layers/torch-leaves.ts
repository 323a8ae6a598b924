import { argumentOf } from "../semantics/call-arguments.ts";
import { isNormClass } from "../semantics/layer-parameters.ts";
import type { CallExpression } from "../syntax/python/ast.ts";

/** What stands behind a layer's own name when its weights are reparametrised, pruned or adapted. */
const FORMS = "(?:_orig|_mask|_g|_v|_u)?";
const wrapped = (names: string): RegExp =>
  new RegExp(
    `^(?:base_layer\\.)?(?:(?:${names})${FORMS}|parametrizations\\.(?:${names})\\.(?:original\\d*|\\d+\\.\\w+)|lora_\\w+(?:\\.\\w+)*)$`,
  );

const ATTENTION =
  "(?:in_proj_weight|in_proj_bias|[qkv]_proj_weight|bias_[kv]|out_proj\\.(?:weight|bias))";
const TRANSFORMER_LAYER = `(?:(?:self_attn|multihead_attn)\\.${ATTENTION}|(?:linear[12]|norm[123])\\.(?:weight|bias))`;

const WITH_BIAS = wrapped("weight|bias");
const WITHOUT_BIAS = wrapped("weight");
const NORM = /^(?:weight|bias|running_mean|running_var|num_batches_tracked)$/;
const NOTHING = /^(?!)$/;

/** Below a layer of `torch.nn`, by the end of its class's name. */
const LEAVES: readonly (readonly [RegExp, RegExp])[] = [
  [/^Embedding(?:Bag)?$/, WITHOUT_BIAS],
  [/^(?:RNN|LSTM|GRU)$/, /^(?:weight|bias)_(?:ih|hh|hr)_l\d+(?:_reverse)?(?:_raw)?$/],
  [/^(?:RNN|LSTM|GRU)Cell$/, /^(?:weight|bias)_(?:ih|hh)$/],
  [/^MultiheadAttention$/, new RegExp(`^${ATTENTION}$`)],
  [/^Transformer(?:En|De)coderLayer$/, new RegExp(`^${TRANSFORMER_LAYER}$`)],
  [
    /^Transformer(?:En|De)coder$/,
    new RegExp(`^(?:layers\\.\\d+\\.${TRANSFORMER_LAYER}|norm\\.(?:weight|bias))$`),
  ],
  [
    /^Transformer$/,
    new RegExp(
      `^(?:en|de)coder\\.(?:layers\\.\\d+\\.${TRANSFORMER_LAYER}|norm\\.(?:weight|bias))$`,
    ),
  ],
  [/^PReLU$/, WITHOUT_BIAS],
  [
    /^(?:\w*ReLU6?|[GCS]?ELU|SiLU|LogSigmoid|Sigmoid|Tanh|\w*shrink|\w*Softmax\w*|Hard\w+|Mish|\w*Dropout\d?d?|Identity|Flatten|Unflatten|\w*Pool\d?d|\w*Pad\d?d|Upsample|UpsamplingBilinear2d|Pixel\w+|Softplus|Softsign|\w*Loss|CosineSimilarity|Fold|Unfold|ChannelShuffle)$/,
    NOTHING,
  ],
];

const isSwitchedOff = (call: CallExpression, name: string): boolean => {
  const value = argumentOf(call, name)?.value;
  return value?.kind === "constant" && value.value === false;
};

/**
 * The names, below a layer, of what it keeps: parameters and buffers, also as pruning, weight norm
 * and adapters rename them. `undefined` for classes whose inside is not known.
 */
export function torchLeaves(className: string, call: CallExpression): RegExp | undefined {
  if (isNormClass(className)) return NORM;
  const name = /^torch\.nn\.(\w+)$/.exec(className)?.[1];
  if (name === undefined) return undefined;
  if (/^(?:(?:Lazy)?Linear|Bilinear|(?:Lazy)?Conv(?:Transpose)?[123]d)$/.test(name)) {
    return isSwitchedOff(call, "bias") ? WITHOUT_BIAS : WITH_BIAS;
  }
  return LEAVES.find(([pattern]) => pattern.test(name))?.[1];
}
