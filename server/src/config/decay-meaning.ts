import { type OptimizerClass, optimizerClass } from "../semantics/optimizer-classes.ts";
import { normalName } from "../semantics/qualified-names.ts";
import type { ConfigEntryView } from "./config-entries.ts";
import type { Lookup } from "./config-lambdas.ts";
import type { ConfigPath } from "./path-pattern.ts";

export interface DecayPlace {
  readonly entry: ConfigEntryView;
  /** Path of the mapping that holds the entry. */
  readonly holder: ConfigPath;
  readonly at: Lookup;
  /** Name of the dialect, where it is known. */
  readonly dialect: string | undefined;
}

export interface DecayMeaning {
  readonly convention: string;
  /** Parameter of the convention; `weight_decay` when absent. */
  readonly parameter?: string;
}

/** What a weight decay of a config means; `undefined` where its reader is not known. */
export function decayMeaning(place: DecayPlace): DecayMeaning | undefined {
  const { entry, holder, at, dialect } = place;
  if (entry.key === "WEIGHT_DECAY") {
    const isSolver = holder.at(-1) === "SOLVER" && at.number([...holder, "BASE_LR"]) !== undefined;
    return isSolver ? { convention: "detectron2", parameter: "WEIGHT_DECAY" } : undefined;
  }
  if (entry.key === "regularization_lambda") {
    const norm = at.text([...holder, "regularization_type"]) ?? "l2";
    const isKnown = dialect === "ludwig" && (norm === "l1" || norm === "l2");
    return isKnown ? { convention: `ludwig-${norm}`, parameter: entry.key } : undefined;
  }
  return ofClass(place) ?? BY_DIALECT.get(dialect ?? "")?.(place);
}

/** A mapping that names the class it is for: Hydra, torchtune, Lightning. */
function ofClass(place: DecayPlace): DecayMeaning | undefined {
  const { holder, at } = place;
  const isArguments = holder.at(-1) === "init_args";
  const target =
    at.text([...holder, "_target_"]) ??
    at.text([...holder, "_component_"]) ??
    (isArguments ? at.text([...holder.slice(0, -1), "class_path"]) : undefined);
  const name = target === undefined ? "" : normalName(target);
  const known = optimizerClass(name);
  if (known?.framework !== "torch" || name === "torch.optim.ASGD") return undefined;
  const coupling = couplingIn(place, known);
  if (coupling === "decoupled") {
    return { convention: known.isDecayTimesRate ? "torch-adamw" : "composer-decoupled" };
  }
  if (coupling !== "l2") return undefined;
  return { convention: name === "torch.optim.SGD" ? "torch-sgd" : "torch-adam" };
}

/** What the class does with the flag that stands beside the decay, or with its default. */
function couplingIn(
  { entry, holder, at }: DecayPlace,
  { coupling, decoupledBy }: OptimizerClass,
): OptimizerClass["coupling"] {
  if (decoupledBy === undefined) return coupling;
  const isGiven = entry.siblings.includes(decoupledBy.name);
  const flag = isGiven
    ? at.text([...holder, decoupledBy.name])?.toLowerCase()
    : String(decoupledBy.default);
  if (flag === "true") return "decoupled";
  // Anything but a plain truth value, such as a reference, leaves it open.
  return flag === "false" ? "l2" : "unknown";
}

type Reader = (place: DecayPlace) => DecayMeaning | undefined;

/** Optimizers of torch by the short names that tools give them. */
const byShortName =
  (where: string | undefined, key: string): Reader =>
  ({ holder, at }) => {
    if (where !== undefined && holder.join(".") !== where) return undefined;
    const name = at.text([...holder, key])?.toLowerCase() ?? "";
    if (/^(?:sgd|momentum|nesterov)$/.test(name)) return { convention: "torch-sgd" };
    if (name === "adam") return { convention: "torch-adam" };
    return /^(?:n|fused_|distributed_fused_)?adamw/.test(name)
      ? { convention: "torch-adamw" }
      : undefined;
  };

/** All of the Trainer's AdamW variants; without a name it is AdamW. */
const huggingFace =
  (key: string): Reader =>
  ({ holder, at }) => {
    const optimizer = at.text([key]) ?? "adamw";
    const isAdamw = holder.length === 0 && /^(?:paged_)?adamw/.test(optimizer);
    return isAdamw ? { convention: "hf-training-arguments" } : undefined;
  };

const deepspeed: Reader = ({ holder, at }) => {
  if (holder.join(".") !== "optimizer.params") return undefined;
  const type = at.text(["optimizer", "type"]);
  if (type === "SGD") return { convention: "torch-sgd" };
  if (type !== "Adam" && type !== "AdamW") return undefined;
  const isCoupled = at.text([...holder, "adam_w_mode"]) === "false";
  return { convention: isCoupled ? "torch-adam" : "deepspeed" };
};

/** `auto`, the default, chooses by the length of the training. */
const ultralytics: Reader = ({ at }) => {
  const name = at.text(["optimizer"])?.toLowerCase();
  return name === "sgd" || name === "adamw" ? { convention: `ultralytics-${name}` } : undefined;
};

const BY_DIALECT: ReadonlyMap<string, Reader> = new Map([
  ["deepspeed", deepspeed],
  ["hf-training-arguments", huggingFace("optim")],
  ["llama-factory", huggingFace("optim")],
  ["axolotl", huggingFace("optimizer")],
  ["timm", byShortName("", "opt")],
  ["nemo", byShortName("model.optim", "name")],
  ["ludwig", byShortName("trainer.optimizer", "type")],
  ["ultralytics", ultralytics],
]);
