import { isLinear } from "../../core/experiment/linear-conflicts.ts";
import type { Dataset, ModalityData, ModalityKind } from "./dataset.ts";
import { UserError } from "./user-error.ts";

/**
 * The one modality that a model of a single input reads: the named one, or the only one of the kinds
 * that fit.
 *
 * @throws {UserError} If there is none, if several fit and none is named, or if the named one does
 * not fit.
 */
export function modelInput(
  model: string,
  { modalities }: Dataset,
  name: string | undefined,
  kinds: readonly ModalityKind[],
): ModalityData {
  const found = modalities.map((modality) => `${modality.name} (${modality.kind})`).join(", ");
  const fitting = modalities.filter(({ kind }) => kinds.includes(kind));
  if (name !== undefined) {
    const named = fitting.find((modality) => modality.name === name);
    if (named !== undefined) return named;
    throw new UserError(
      "model-input",
      `\`${model}\` cannot read the modality \`${name}\`: it reads ${kinds.join(", ")}, and the data has ${found}`,
      "Name another one in `model.modality`",
    );
  }
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) {
    throw new UserError(
      "model-input",
      `\`${model}\` reads ${kinds.join(", ")}, and the data has ${found}`,
      "Choose another model or other data",
    );
  }
  throw new UserError(
    "model-input",
    `\`${model}\` reads one modality, and the data has ${found}`,
    isLinear(model)
      ? "Take data with one of them, or `training.solver: auto`, which reads all features"
      : `Name one in \`model.modality\`, for example ${only.name}`,
  );
}

/** The name of the one modality that `inputOf` finds, as a list. */
export function readsOne<Settings>(
  inputOf: (settings: Settings, dataset: Dataset) => ModalityData,
): (settings: Settings, dataset: Dataset) => readonly string[] {
  return (settings, dataset) => [inputOf(settings, dataset).name];
}
