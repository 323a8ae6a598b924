/** A parameter's name as steps from the model down, and what was left out in front of them. */
export interface ParameterPath {
  readonly steps: readonly string[];
  /** As it stands in the name, with the dot behind it; empty where nothing was left out. */
  readonly prefix: string;
}

/** Steps that wrappers put anywhere into a name: `torch.compile`, FSDP, activation checkpoints. */
const WRAPPER_STEPS: ReadonlySet<string> = new Set([
  "_orig_mod",
  "_fsdp_wrapped_module",
  "_checkpoint_wrapped_module",
  "_forward_module",
]);

/** Keys of a checkpoint that stand in front of a model's own names. */
const CHECKPOINT_KEYS =
  /^(?:state_dict|model_state_dict|model_state|model|net|network|module|params|ema|model_ema|ema_state_dict|base_model)$/;
/** `state_dict.module.model.` has three. */
const MOST_KEYS = 4;

/**
 * The ways to read a name, the whole name first: without the steps of wrappers (`_orig_mod.`), then
 * without the keys in front of it, one after another (`state_dict.`, `module.`, `model.`).
 */
export function parameterPaths(name: string): readonly ParameterPath[] {
  const all = name.split(/[./]/).filter((step) => step !== "");
  const steps = all.filter((step) => !WRAPPER_STEPS.has(step));
  const paths: ParameterPath[] = [{ steps, prefix: "" }];
  for (let count = 1; count <= MOST_KEYS && count < steps.length; count++) {
    if (!CHECKPOINT_KEYS.test(steps[count - 1] ?? "")) break;
    paths.push({ steps: steps.slice(count), prefix: `${steps.slice(0, count).join(".")}.` });
  }
  return paths;
}
