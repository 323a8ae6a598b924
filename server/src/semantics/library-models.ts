import type { CallExpression } from "../syntax/python/ast.ts";
import type { LayerParameter } from "./layer-parameters.ts";

/** A tensor of a model that a library builds, with the class of its layer. */
export interface LibraryParameter extends LayerParameter {
  readonly layer: string;
}

const BATCH_NORM = "torch.nn.BatchNorm2d";
const LAYER_NORM = "torch.nn.LayerNorm";

function pair(path: string, layer: string, rank: number): LibraryParameter[] {
  const isNorm = layer.endsWith("Norm") || layer === BATCH_NORM;
  return [
    { name: `${path}.weight`, rank: isNorm ? 1 : rank, role: isNorm ? "norm" : "weight", layer },
    { name: `${path}.bias`, rank: 1, role: "bias", layer },
  ];
}

const convolution = (path: string) => pair(path, "torch.nn.Conv2d", 4).slice(0, 1);
const linear = (path: string) => pair(path, "torch.nn.Linear", 2);
const batchNorm = (path: string) => pair(path, BATCH_NORM, 1);

const RESNET = [
  ...convolution("conv1"),
  ...batchNorm("bn1"),
  ...[1, 2, 3, 4].flatMap((stage) => [
    ...convolution(`layer${stage}.0.conv1`),
    ...batchNorm(`layer${stage}.0.bn1`),
    ...(stage === 1 ? [] : batchNorm(`layer${stage}.0.downsample.1`)),
  ]),
  ...linear("fc"),
];

/** The parameters of torchvision's models whose names matter to filters and freezes. */
const TORCHVISION: readonly (readonly [RegExp, readonly LibraryParameter[]])[] = [
  [/^(?:wide_)?resne(?:x)?t\w+$/, RESNET],
  [
    /^densenet\w+$/,
    [
      ...convolution("features.conv0"),
      ...batchNorm("features.norm0"),
      ...batchNorm("features.denseblock1.denselayer1.norm1"),
      ...linear("classifier"),
    ],
  ],
  [
    /^(?:mobilenet_v\d\w*|mnasnet\w+)$/,
    [...convolution("features.0.0"), ...batchNorm("features.0.1"), ...linear("classifier.1")],
  ],
  [
    /^(?:efficientnet_\w+|regnet_\w+)$/,
    [...convolution("features.0.0"), ...batchNorm("features.0.1"), ...linear("classifier.1")],
  ],
  [
    /^vgg\d+_bn$/,
    [...convolution("features.0"), ...batchNorm("features.1"), ...linear("classifier.6")],
  ],
  [/^(?:vgg\d+|alexnet)$/, [...convolution("features.0"), ...linear("classifier.6")]],
  [
    /^vit_\w+$/,
    [
      ...convolution("conv_proj"),
      ...pair("encoder.layers.encoder_layer_0.ln_1", LAYER_NORM, 1),
      ...linear("heads.head"),
    ],
  ],
];

interface Family {
  /** Name of the class without its head, or the start of a checkpoint's name. */
  readonly name: RegExp;
  readonly checkpoint: RegExp;
  /** A norm's weight, by its place and class. */
  readonly norm: readonly [path: string, layer: string];
}

/** How the families of `transformers` call their norms. */
const FAMILIES: readonly Family[] = [
  {
    name: /^(?:GPT2|GPTJ|GPTBigCode)[A-Z]/,
    checkpoint: /^(?:openai-community\/)?(?:distil)?gpt2/,
    norm: ["transformer.h.0.ln_1", LAYER_NORM],
  },
  {
    name: /^(?:Llama|Mistral|Mixtral|Qwen2|Qwen3|Phi3)[A-Z]/,
    checkpoint: /^(?:meta-llama|mistralai|Qwen)\//,
    norm: ["model.layers.0.input_layernorm", "transformers.RMSNorm"],
  },
  {
    name: /^(?:M?T5)[A-Z]/,
    checkpoint: /^(?:google-t5\/|google\/(?:flan-)?m?)?t5-/,
    norm: ["encoder.block.0.layer.0.layer_norm", "transformers.T5LayerNorm"],
  },
  {
    name: /^(?:Bert|Roberta|XLMRoberta|Electra|Deberta|DebertaV2)[A-Z]/,
    checkpoint: /^(?:google-bert\/|FacebookAI\/)?(?:bert|roberta|xlm-roberta)-/,
    norm: ["encoder.layer.0.output.LayerNorm", LAYER_NORM],
  },
  {
    name: /^DistilBert[A-Z]/,
    checkpoint: /^(?:distilbert\/)?distilbert-/,
    norm: ["distilbert.transformer.layer.0.sa_layer_norm", LAYER_NORM],
  },
  {
    name: /^Bart[A-Z]/,
    checkpoint: /^facebook\/bart-/,
    norm: ["model.encoder.layers.0.self_attn_layer_norm", LAYER_NORM],
  },
  {
    name: /^ViT[A-Z]/,
    checkpoint: /^google\/vit-/,
    norm: ["vit.encoder.layer.0.layernorm_before", LAYER_NORM],
  },
];

function familyOf(className: string, call: CallExpression): Family | undefined {
  const [, model = ""] = /^transformers\.(\w+)(?:\.from_pretrained)?$/.exec(className) ?? [];
  if (model === "") return undefined;
  if (!/^Auto[A-Z]/.test(model)) return FAMILIES.find(({ name }) => name.test(model));
  const [first] = call.arguments;
  const checkpoint = first?.value.kind === "string" ? first.value.value : undefined;
  if (checkpoint === undefined) return undefined;
  return FAMILIES.find((family) => family.checkpoint.test(checkpoint));
}

/** Some parameters of a library's model, by the names that its own code gives them. */
export function libraryModelParameters(
  className: string,
  call: CallExpression,
): readonly LibraryParameter[] | undefined {
  const vision = /^torchvision\.models\.(?:\w+\.)*(\w+)$/.exec(className)?.[1];
  if (vision !== undefined) return TORCHVISION.find(([name]) => name.test(vision))?.[1];
  const family = familyOf(className, call);
  if (family === undefined) return undefined;
  const [path, layer] = family.norm;
  return [{ name: `${path}.weight`, rank: 1, role: "norm", layer }];
}
