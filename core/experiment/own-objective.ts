import type { AlignmentModel } from "./experiment.ts";

/** Alignment methods whose map is trained by gradient steps; the others are found at once. */
const TRAINED: readonly string[] = [
  "mlp",
  "contrastive",
] satisfies readonly AlignmentModel["method"][];

/** Types of models whose objective is not the file's: `objective` says nothing to them. */
export function hasOwnObjective(type: string): boolean {
  return type === "alignment" || type === "kmeans";
}

/** A map between modalities that is trained as a network is: penalties, `transfer` and so on hold. */
export function isTrainedAlignment(model: {
  readonly type: string;
  readonly method?: string;
}): boolean {
  return model.type === "alignment" && model.method !== undefined && TRAINED.includes(model.method);
}
