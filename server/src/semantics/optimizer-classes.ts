/** What each library's optimizers do with weight decay, by fully qualified name. */
export interface OptimizerClass {
  readonly framework: "torch" | "keras" | "optax";
  /** Position of `weight_decay` among the arguments, `undefined` where it is keyword-only. */
  readonly decayPosition: number | undefined;
  /** Weight decay when none is given. */
  readonly decayDefault: number;
  /**
   * `l2`: the decay is added to the gradient before it is rescaled; `decoupled`: weights shrink by
   * lr · decay beside the step; `none`: the class has no weight decay.
   */
  readonly coupling: "l2" | "decoupled" | "none";
}

const torch = (
  decayPosition: number | undefined,
  coupling: OptimizerClass["coupling"],
  decayDefault = 0,
): OptimizerClass => ({ framework: "torch", decayPosition, decayDefault, coupling });
const keras = (decayDefault = 0): OptimizerClass => ({
  framework: "keras",
  decayPosition: undefined,
  decayDefault,
  coupling: "decoupled",
});
const optax = (coupling: OptimizerClass["coupling"], decayDefault = 0): OptimizerClass => ({
  framework: "optax",
  decayPosition: undefined,
  decayDefault,
  coupling,
});

/** Signatures of torch 2.13, Keras 3.15 and optax 0.2.8. */
const CLASSES: Readonly<Record<string, OptimizerClass>> = {
  "torch.optim.SGD": torch(4, "l2"),
  "torch.optim.Adam": torch(4, "l2"),
  "torch.optim.AdamW": torch(4, "decoupled", 0.01),
  "torch.optim.NAdam": torch(4, "l2"),
  "torch.optim.RAdam": torch(4, "l2"),
  "torch.optim.Adamax": torch(4, "l2"),
  "torch.optim.Adagrad": torch(3, "l2"),
  "torch.optim.Adadelta": torch(4, "l2"),
  "torch.optim.RMSprop": torch(4, "l2"),
  "torch.optim.ASGD": torch(5, "l2"),
  "torch.optim.Muon": torch(2, "decoupled", 0.1),
  "torch.optim.LBFGS": torch(undefined, "none"),
  "torch.optim.Rprop": torch(undefined, "none"),
  "torch.optim.SparseAdam": torch(undefined, "none"),
  "keras.optimizers.SGD": keras(),
  "keras.optimizers.Adam": keras(),
  "keras.optimizers.AdamW": keras(0.004),
  "keras.optimizers.Adamax": keras(),
  "keras.optimizers.Adagrad": keras(),
  "keras.optimizers.Adadelta": keras(),
  "keras.optimizers.RMSprop": keras(),
  "keras.optimizers.Nadam": keras(),
  "keras.optimizers.Lion": keras(),
  "keras.optimizers.Muon": keras(0.004),
  "optax.sgd": optax("none"),
  "optax.adam": optax("none"),
  "optax.rmsprop": optax("none"),
  "optax.adagrad": optax("none"),
  "optax.adamw": optax("decoupled", 1e-4),
  "optax.lion": optax("decoupled", 1e-3),
};

const KERAS_STRINGS: Readonly<Record<string, string>> = {
  sgd: "SGD",
  adam: "Adam",
  adamw: "AdamW",
  adamax: "Adamax",
  adagrad: "Adagrad",
  adadelta: "Adadelta",
  rmsprop: "RMSprop",
  nadam: "Nadam",
  lion: "Lion",
};

export function optimizerClass(qualifiedName: string): OptimizerClass | undefined {
  return Object.hasOwn(CLASSES, qualifiedName) ? CLASSES[qualifiedName] : undefined;
}

/** The class that `model.compile(optimizer="adam")` stands for. */
export function kerasOptimizerName(text: string): string | undefined {
  const name = KERAS_STRINGS[text.toLowerCase()];
  return name === undefined ? undefined : `keras.optimizers.${name}`;
}
