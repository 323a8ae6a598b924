import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Alignment, AlignmentModel } from "../../core/experiment/experiment.ts";
import type { ParameterStore } from "./layers/parameter-store.ts";
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
  /** Folder of the experiment file. */
  readonly folder: string;
  readonly signal: AbortSignal;
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

/** Numbers of a row of each modality. */
export interface MappedWidths {
  readonly from: number;
  readonly to: number;
}

/** Networks that map both modalities into one common space, and what they are trained for. */
export interface AlignmentNetwork {
  /** Numbers of a row of the common space. */
  readonly dimension: number;
  mapFrom(rows: Tensor2D): Tensor2D;
  mapTo(rows: Tensor2D): Tensor2D;
  /** True where the common space is that of `to`, so that mapped rows predict its numbers. */
  readonly predicts: boolean;
  /** Between the two maps of the pairs of a batch. */
  readonly loss: Alignment;
}

interface MethodOf<Settings> {
  /** Value of `model.method` in an experiment file. */
  readonly id: AlignmentModel["method"];
  /** The objective in plain text, with the user's own numbers. */
  describe(settings: Settings): string;
}

/** A map that is found at once. */
export interface FittedMethod extends MethodOf<AlignmentModel> {
  /** `none`: the method is given rows in an order of their own, so that it cannot know the pairs. */
  readonly pairing: "rows" | "none";
  /** @throws {UserError} If the data are not what the method needs. */
  fit(settings: AlignmentModel, task: AlignmentTask): Promise<FittedAlignment>;
}

/** A map that is trained by gradient steps, as any network is. */
export interface TrainedMethod extends MethodOf<AlignmentModel> {
  /** Makes its parameters in `store`. */
  network(settings: AlignmentModel, store: ParameterStore, widths: MappedWidths): AlignmentNetwork;
}

/** A way to align two modalities. */
export type AlignmentMethod = FittedMethod | TrainedMethod;

/** A method that is only ever given its own settings. */
export function alignmentMethod<Id extends AlignmentModel["method"]>(
  id: Id,
  method: {
    readonly pairing?: "none";
    describe(settings: SettingsOf<Id>): string;
    fit(settings: SettingsOf<Id>, task: AlignmentTask): FittedAlignment | Promise<FittedAlignment>;
  },
): FittedMethod {
  return {
    id,
    pairing: method.pairing ?? "rows",
    describe: (settings) => method.describe(own(id, settings)),
    fit: async (settings, task) => method.fit(own(id, settings), task),
  };
}

/** A trained method that is only ever given its own settings. */
export function trainedAlignment<Id extends AlignmentModel["method"]>(
  id: Id,
  method: {
    describe(settings: SettingsOf<Id>): string;
    network(
      settings: SettingsOf<Id>,
      store: ParameterStore,
      widths: MappedWidths,
    ): AlignmentNetwork;
  },
): TrainedMethod {
  return {
    id,
    describe: (settings) => method.describe(own(id, settings)),
    network: (settings, store, widths) => method.network(own(id, settings), store, widths),
  };
}

function own<Id extends AlignmentModel["method"]>(
  id: Id,
  settings: AlignmentModel,
): SettingsOf<Id> {
  const isOwn = (given: AlignmentModel): given is SettingsOf<Id> => given.method === id;
  if (!isOwn(settings)) throw new TypeError(`Cannot align by ${settings.method} as ${id}`);
  return settings;
}
