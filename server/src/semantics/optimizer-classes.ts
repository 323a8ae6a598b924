/** What each library's optimizers do with weight decay, by fully qualified name. */
export interface OptimizerClass {
  /**
   * Whose calling convention it follows: the optimizers of apex, bitsandbytes, DeepSpeed and so on
   * are torch optimizers.
   */
  readonly framework: "torch" | "keras" | "optax" | "transformers" | "timm" | "tfjs";
  /** Position of the learning rate, `undefined` where it is keyword-only. */
  readonly ratePosition: number | undefined;
  /** Learning rate when none is given; `undefined` where one must be. */
  readonly rateDefault: number | undefined;
  /** Position of `weight_decay` among the arguments, `undefined` where it is keyword-only. */
  readonly decayPosition: number | undefined;
  /** Weight decay when none is given. */
  readonly decayDefault: number;
  /**
   * `l2`: the decay is added to the gradient before it is rescaled; `decoupled`: weights shrink
   * beside the step; `none`: the class has no weight decay; `unknown`: the call decides.
   */
  readonly coupling: "l2" | "decoupled" | "none" | "unknown";
  /** False where decoupled weights shrink by the decay itself, not by lr · decay. */
  readonly isDecayTimesRate: boolean;
  /** The argument that makes the decay decoupled, and what it is when it is not given. */
  readonly decoupledBy: { readonly name: string; readonly default: boolean } | undefined;
}

type Coupling = OptimizerClass["coupling"];
interface Options {
  readonly rate?: number;
  readonly rateAt?: number;
  readonly at?: number;
  readonly decay?: number;
  readonly isDecayTimesRate?: boolean;
  readonly decoupledBy?: { readonly name: string; readonly default: boolean };
}

const of =
  (framework: OptimizerClass["framework"], rateAt: number | undefined, rate: number | undefined) =>
  (coupling: Coupling, options: Options = {}): OptimizerClass => ({
    framework,
    ratePosition: options.rateAt ?? rateAt,
    rateDefault: options.rate ?? rate,
    decayPosition: options.at,
    decayDefault: options.decay ?? 0,
    coupling,
    isDecayTimesRate: options.isDecayTimesRate ?? true,
    decoupledBy: options.decoupledBy,
  });

const torch = of("torch", 1, 1e-3);
const keras = of("keras", 0, 1e-3);
const optax = of("optax", 0, undefined);
const transformers = of("transformers", undefined, 5e-5);
const timm = of("timm", 2, undefined);
const tfjs = of("tfjs", 0, undefined);

const FLAG = { decoupledBy: { name: "decoupled_weight_decay", default: false } };
const FUSED = { at: 6, decoupledBy: { name: "adam_w_mode", default: true } };
const CPU_ADAM = { at: 5, decoupledBy: { name: "adamw_mode", default: true } };
const BNB_ADAMW = torch("decoupled", { at: 4, decay: 0.01 });
/** Weights shrink by the decay itself; only a schedule scales it, not the learning rate. */
const PAPER = { isDecayTimesRate: false };

/** Signatures of torch 2.13. */
const TORCH: Readonly<Record<string, OptimizerClass>> = {
  SGD: torch("l2", { at: 4 }),
  Adam: torch("l2", { at: 4, ...FLAG }),
  AdamW: torch("decoupled", { at: 4, decay: 0.01 }),
  NAdam: torch("l2", { at: 4, rate: 2e-3, ...FLAG }),
  RAdam: torch("l2", { at: 4, ...FLAG }),
  Adamax: torch("l2", { at: 4, rate: 2e-3 }),
  Adagrad: torch("l2", { at: 3, rate: 1e-2 }),
  Adadelta: torch("l2", { at: 4, rate: 1 }),
  Adafactor: torch("decoupled", { at: 5, rate: 1e-2 }),
  RMSprop: torch("l2", { at: 4, rate: 1e-2 }),
  ASGD: torch("l2", { at: 5, rate: 1e-2 }),
  Muon: torch("decoupled", { at: 2, decay: 0.1 }),
  LBFGS: torch("none", { rate: 1 }),
  Rprop: torch("none", { rate: 1e-2 }),
  SparseAdam: torch("none"),
};

/** Signatures of Keras 3.15; weights always shrink beside the step, whatever the class. */
const KERAS: Readonly<Record<string, OptimizerClass>> = {
  SGD: keras("decoupled", { at: 3, rate: 0.01 }),
  Adam: keras("decoupled", { at: 5 }),
  AdamW: keras("decoupled", { at: 1, decay: 0.004 }),
  Adamax: keras("decoupled", { at: 4 }),
  Adafactor: keras("decoupled", { at: 6 }),
  Adagrad: keras("decoupled", { at: 3 }),
  Adadelta: keras("decoupled", { at: 3 }),
  RMSprop: keras("decoupled", { at: 5 }),
  Nadam: keras("decoupled", { at: 4 }),
  Ftrl: keras("decoupled", { at: 7 }),
  Lion: keras("decoupled", { at: 3 }),
  Lamb: keras("decoupled", { at: 4 }),
  Muon: keras("decoupled", { at: 5, decay: 0.004 }),
};

/** Optimizers of Keras 2 that were kept aside; none of them has weight decay. */
const KERAS_LEGACY = ["SGD", "Adam", "Adamax", "Adagrad", "Adadelta", "RMSprop", "Nadam", "Ftrl"];

/** Signatures of optax 0.2.8. */
const OPTAX: Readonly<Record<string, OptimizerClass>> = {
  adamw: optax("decoupled", { at: 6, decay: 1e-4 }),
  adamaxw: optax("decoupled", { at: 4, decay: 1e-4 }),
  nadamw: optax("decoupled", { at: 6, decay: 1e-4 }),
  lion: optax("decoupled", { at: 4, decay: 1e-3 }),
  adan: optax("decoupled", { at: 6 }),
  lamb: optax("decoupled", { at: 5 }),
  lars: optax("l2", { at: 1 }),
  adadelta: optax("l2", { at: 3 }),
};
const OPTAX_WITHOUT =
  "sgd adam nadam adamax amsgrad adagrad adabelief rmsprop radam rprop yogi sm3 noisy_sgd fromage sign_sgd optimistic_gradient_descent".split(
    " ",
  );

/** Optimizers of TensorFlow.js 4; `tf.train` has none with weight decay. */
const TFJS: Readonly<Record<string, OptimizerClass>> = {
  sgd: tfjs("none", { rate: 0.01 }),
  momentum: tfjs("none"),
  adagrad: tfjs("none"),
  adadelta: tfjs("none", { rate: 1e-3 }),
  adam: tfjs("none", { rate: 1e-3 }),
  adamax: tfjs("none", { rate: 2e-3 }),
  rmsprop: tfjs("none"),
};

const OTHERS: Readonly<Record<string, OptimizerClass>> = {
  "transformers.AdamW": torch("decoupled", { at: 4 }),
  "transformers.optimization.AdamW": torch("decoupled", { at: 4 }),
  "bitsandbytes.optim.AdamW": BNB_ADAMW,
  "bitsandbytes.optim.AdamW8bit": BNB_ADAMW,
  "bitsandbytes.optim.AdamW32bit": BNB_ADAMW,
  "bitsandbytes.optim.PagedAdamW": BNB_ADAMW,
  "bitsandbytes.optim.PagedAdamW8bit": BNB_ADAMW,
  "bitsandbytes.optim.PagedAdamW32bit": BNB_ADAMW,
  "apex.optimizers.FusedAdam": torch("l2", FUSED),
  "deepspeed.ops.adam.FusedAdam": torch("l2", FUSED),
  "deepspeed.ops.adam.DeepSpeedCPUAdam": torch("l2", CPU_ADAM),
  "composer.optim.DecoupledAdamW": torch("decoupled", { at: 4, decay: 1e-5, ...PAPER }),
  "composer.optim.DecoupledSGDW": torch("decoupled", { at: 4, ...PAPER }),
  "tensorflow_addons.optimizers.AdamW": keras("decoupled", { at: 0, rateAt: 1, ...PAPER }),
  "tensorflow_addons.optimizers.SGDW": keras("decoupled", { at: 0, rateAt: 1, ...PAPER }),
  "transformers.TrainingArguments": transformers("unknown"),
  "transformers.Seq2SeqTrainingArguments": transformers("unknown"),
  "timm.optim.create_optimizer_v2": timm("unknown", { at: 3 }),
};

const within = (module: string, classes: Readonly<Record<string, OptimizerClass>>) =>
  Object.entries(classes).map(([name, known]) => [`${module}.${name}`, known] as const);

const CLASSES: ReadonlyMap<string, OptimizerClass> = new Map([
  ...within("torch.optim", TORCH),
  ...within("keras.optimizers", KERAS),
  ...within("optax", OPTAX),
  ...within("tfjs.train", TFJS),
  ...KERAS_LEGACY.map((name) => [`keras.optimizers.legacy.${name}`, keras("none")] as const),
  ...OPTAX_WITHOUT.map((name) => [`optax.${name}`, optax("none")] as const),
  ...Object.entries(OTHERS),
]);

const lastOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);

/** What Python mentions that builds an optimizer: the name of a class, or of a chain of optax. */
export const OPTIMIZER_WORDS: readonly string[] = [
  "chain",
  "named_chain",
  ...[...CLASSES.keys()].filter((name) => !name.startsWith("tfjs.")).map(lastOf),
].map((name) => `\b${name.toLowerCase()}\b`);

const KERAS_STRINGS: ReadonlyMap<string, string> = new Map(
  Object.keys(KERAS).map((name) => [name.toLowerCase(), name]),
);

export function optimizerClass(qualifiedName: string): OptimizerClass | undefined {
  return CLASSES.get(qualifiedName);
}

/** The class that `model.compile(optimizer="adam")` stands for. */
export function kerasOptimizerName(text: string): string | undefined {
  const name = KERAS_STRINGS.get(text.toLowerCase());
  return name === undefined ? undefined : `keras.optimizers.${name}`;
}

/** The same in TensorFlow.js: `model.compile({optimizer: "adam"})`. */
export function tensorflowJsOptimizerName(text: string): string | undefined {
  return Object.hasOwn(TFJS, text) ? `tfjs.train.${text}` : undefined;
}
