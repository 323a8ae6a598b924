import type { OptimizerFact } from "../facts/optimizer.ts";
import { argumentOf } from "./call-arguments.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Wrappers that give parts of the parameters another treatment. */
const PARTITIONS =
  /^optax\.(?:transforms\.)?(?:multi_transform|masked|partition|set_to_zero|freeze|selective_transform|inject_hyperparams)$/;

/** Position of `mask` in the signatures of optax 0.2.8; elsewhere it is only read by its name. */
const MASKS: Readonly<Record<string, number>> = {
  adamw: 7,
  lion: 5,
  lamb: 6,
  add_decayed_weights: 1,
};

/** True where an optax optimizer decays every parameter that it is given. */
export function decaysAll({ framework, call, addedDecay, hasSplat, name }: OptimizerFact): boolean {
  const decay = addedDecay ?? call;
  if (framework !== "optax" || decay === undefined || hasSplat) return false;
  const position = MASKS[addedDecay === undefined ? name : "add_decayed_weights"];
  return argumentOf(decay, "mask", position) === undefined;
}

/** True where the document treats parts of the parameters in ways of their own. */
export function partitionsParameters(program: PythonProgram): boolean {
  return programIndex(program).calls.some(({ qualifiedName }) =>
    PARTITIONS.test(qualifiedName ?? ""),
  );
}
