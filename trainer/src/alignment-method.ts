import type { AlignmentModel, Training } from "../../core/experiment/experiment.ts";
import type { Dense } from "./linear-algebra/products.ts";
import type { FrameShape } from "./modality-matrix.ts";
import type { WeightTensor } from "./snapshot.ts";

/** Training rows of two modalities, finite and scaled, and what else a method may look at. */
export interface AlignmentTask {
  /** [rows, columns of the modality `from`] */
  readonly from: Dense;
  /** [rows, columns of the modality `to`], paired by row save for methods that are unpaired. */
  readonly to: Dense;
  /** How a row of each is a sequence. */
  readonly frames: { readonly from: FrameShape; readonly to: FrameShape };
  readonly training: Training;
  /** Folder of the experiment file. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Logs metrics of an epoch of methods that are trained; counts from 1. */
  log(epoch: number, values: Readonly<Record<string, number>>): void;
}

/** A map from each modality into one common space. */
export interface FittedAlignment {
  /** [rows, columns of `from`] → [rows, d]; scaled rows, a row of NaN stays one. */
  mapFrom(rows: Dense): Dense;
  /** [rows, columns of `to`] → [rows, d]. */
  mapTo(rows: Dense): Dense;
  /** True where the common space is that of `to`, so that mapped rows predict its numbers. */
  readonly predicts: boolean;
  /** The map itself, for the run folder. */
  readonly weights: readonly WeightTensor[];
  /** What is worth knowing beside the metrics, by name. */
  readonly values: Readonly<Record<string, number>>;
  /** Sentences for the log. */
  readonly notes: readonly string[];
}

type SettingsOf<Id extends AlignmentModel["method"]> = Extract<
  AlignmentModel,
  { readonly method: Id }
>;

/** A way to align two modalities. */
export interface AlignmentMethod {
  /** Value of `model.method` in an experiment file. */
  readonly id: AlignmentModel["method"];
  /** `none`: the method is given rows in an order of their own, so that it cannot know the pairs. */
  readonly pairing: "rows" | "none";
  /** The objective in plain text, with the user's own numbers. */
  describe(settings: AlignmentModel): string;
  /** @throws {UserError} If the data are not what the method needs. */
  fit(settings: AlignmentModel, task: AlignmentTask): Promise<FittedAlignment>;
}

/** A method that is only ever given its own settings. */
export function alignmentMethod<Id extends AlignmentModel["method"]>(
  id: Id,
  method: {
    readonly pairing?: "none";
    describe(settings: SettingsOf<Id>): string;
    fit(settings: SettingsOf<Id>, task: AlignmentTask): FittedAlignment | Promise<FittedAlignment>;
  },
): AlignmentMethod {
  const isOwn = (settings: AlignmentModel): settings is SettingsOf<Id> => settings.method === id;
  const own = (settings: AlignmentModel): SettingsOf<Id> => {
    if (!isOwn(settings)) throw new TypeError(`Cannot align by ${settings.method} as ${id}`);
    return settings;
  };
  return {
    id,
    pairing: method.pairing ?? "rows",
    describe: (settings) => method.describe(own(settings)),
    fit: async (settings, task) => method.fit(own(settings), task),
  };
}
