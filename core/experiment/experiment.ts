import type { FileData } from "./file-data.ts";

/**
 * A checked experiment file, all defaults filled in.
 *
 * Keys are those of the file. The objective is
 * mean_i loss_i + weight · alignment + Σ penalties, see {@link Penalty}.
 */

export const MODALITIES = ["image", "text", "audio"] as const;
export type Modality = (typeof MODALITIES)[number];

/** One share of samples, 0..1, for every modality. */
export type ModalityRates = Readonly<Record<Modality, number>>;

/** A number, or an expression over m, n, batch and steps; see `evaluateLambda`. */
export type Lambda = number | string;

export interface TrioData {
  readonly source: "trio";
  readonly samples: number;
  readonly seed: number;
  /** Standard deviation; the signal spans 0..1. */
  readonly noise: number;
  /** Pixels a side. */
  readonly image_size: number;
  readonly missing: ModalityRates;
  readonly mispaired: ModalityRates;
}

/** What is done about rows that lack a modality, or are paired with a stranger. */
export interface Pairing {
  readonly missing_policy: "mask" | "drop" | "impute" | "refuse";
  readonly mispaired_policy: "ignore" | "report" | "drop";
}

/** Where the samples come from; told apart by `source`. */
export type Data = TrioData | FileData;

export interface HoldoutSplit {
  readonly method: "holdout";
  /** Share of samples, 0..1. */
  readonly validation: number;
  /** Share of samples, 0..1; together with `validation` below 1. */
  readonly test: number;
  readonly stratify: boolean;
  readonly seed: number;
  /** Column whose equal values stay in one part. */
  readonly group?: string;
  /** Column of numbers or dates; the last rows are the test part, those before them validation. */
  readonly order?: string;
}

/** Parts are held out in turn; rows of `test` are set aside first. */
export interface KfoldSplit extends Omit<HoldoutSplit, "method"> {
  readonly method: "kfold";
  readonly folds: number;
  readonly shuffle: boolean;
}

export interface TowersModel {
  readonly type: "towers";
  /** Hidden widths by modality; a modality that is absent is not trained. */
  readonly private: Readonly<Partial<Record<Modality, readonly number[]>>>;
  readonly shared: readonly number[];
  readonly embedding: number;
  /** Hidden widths of a part of each tower that is kept apart from what towers share. */
  readonly private_part?: readonly number[];
}

/** Dense layers on the numbers of one modality. */
export interface MlpModel {
  readonly type: "mlp";
  /** The modality that is read, where the data has several that fit. */
  readonly modality?: string;
  readonly hidden: readonly number[];
  /** 0..1. */
  readonly dropout: number;
}

/** Convolutions with pooling, then dense layers. */
export interface CnnModel {
  readonly type: "cnn";
  readonly modality?: string;
  readonly channels: readonly number[];
  readonly hidden: readonly number[];
  readonly dropout: number;
}

/** Layers of memories that read tokens both ways. */
export interface BilstmModel {
  readonly type: "bilstm";
  readonly modality?: string;
  /** Length of a token's vector. */
  readonly embedding: number;
  /** Width of a state, each way. */
  readonly units: number;
  readonly layers: number;
  readonly dropout: number;
}

interface AlignmentOf<Method extends string> {
  readonly type: "alignment";
  readonly method: Method;
  /** Modality whose rows are mapped. */
  readonly from: string;
  /** Modality they are mapped to. */
  readonly to: string;
  readonly scaling: "none" | "center" | "standardize" | "unit_norm";
}

/** Told apart by `method`. */
export type AlignmentModel =
  | (AlignmentOf<"given"> & { readonly matrix: string })
  | (AlignmentOf<"ridge"> & { readonly lambda: Lambda })
  | (AlignmentOf<"procrustes"> & { readonly rotation: boolean; readonly scale: boolean })
  | (AlignmentOf<"cca"> & { readonly components: number; readonly regularization: number })
  | (AlignmentOf<"mlp"> & { readonly map_hidden: readonly number[] })
  | (AlignmentOf<"contrastive"> & {
      readonly map_hidden: readonly number[];
      readonly dimension: number;
      readonly temperature: number;
      readonly learn_temperature?: boolean;
    })
  | (AlignmentOf<"gromov_wasserstein"> & { readonly epsilon: number; readonly max_rows: number })
  | (AlignmentOf<"sinkhorn"> & {
      readonly epsilon: number;
      readonly max_rows: number;
      readonly anchors: number;
      readonly rounds: number;
    })
  | (AlignmentOf<"dtw"> & {
      readonly radius: number;
      readonly rounds: number;
      /** Frames of a flat row. */
      readonly frames_from?: number;
      readonly frames_to?: number;
    });

/** Groups of rows around their means. */
export interface KMeansModel {
  readonly type: "kmeans";
  /** The modality that is grouped, where the data has several. */
  readonly modality?: string;
  readonly clusters: number;
  /** Starts from other centres; the best counts. */
  readonly starts: number;
  readonly max_iterations: number;
  readonly scaling: "none" | "center" | "standardize" | "unit_norm";
}

/** A weighted sum of the features: of numbers, of one logit for two classes, of a logit for each class. */
export interface LinearModel {
  readonly type: "linear" | "logistic" | "softmax";
}

/** Told apart by `type`. */
export type ModelSettings =
  | LinearModel
  | TowersModel
  | MlpModel
  | CnnModel
  | BilstmModel
  | AlignmentModel
  | KMeansModel;

interface AlignmentTerm<Loss extends string> {
  readonly loss: Loss;
  /** Factor of the term in the objective. */
  readonly weight: number;
}

export interface TripletAlignment extends AlignmentTerm<"triplet"> {
  readonly margin: number;
  /** Which triplets count. */
  readonly mining: "all" | "semi_hard" | "hardest";
}

/** A loss whose logits are cosines over a temperature. */
export interface TemperedAlignment {
  readonly temperature: number;
  /** The temperature is where it starts; the bias too, where there is one. */
  readonly learn_temperature?: boolean;
}

/** Told apart by `loss`. */
export type Alignment =
  | (AlignmentTerm<"info_nce"> & TemperedAlignment)
  | (AlignmentTerm<"sigmoid"> & TemperedAlignment & { readonly bias: number })
  | TripletAlignment
  | AlignmentTerm<"squared_distance">;

/** How the tasks of several modalities become one. */
export type TaskAlignment =
  /** Classes are renamed by hand; several may become one. */
  | { readonly method: "label_map"; readonly map: Readonly<Record<string, string>> }
  /** Each class has a parent, and the parents are a task of their own with this weight. */
  | {
      readonly method: "hierarchy";
      readonly parents: Readonly<Record<string, string>>;
      readonly weight: number;
    };

/** What the tower of one modality teaches that of another. */
export interface KnowledgeTransfer {
  readonly from: Modality;
  readonly to: Modality;
  readonly method: "label_map" | "distillation" | "hints" | "relational";
  /** Factor of the term in the objective. */
  readonly weight: number;
  /** T of `distillation`. */
  readonly temperature?: number;
  /** Of `label_map`: the student's class for a class of the teacher. */
  readonly map?: Readonly<Record<string, string>>;
}

/** How far what a modality has for itself is kept from what it shares; factors in the objective. */
export interface Separation {
  readonly difference: number;
  readonly reconstruction: number;
}

export interface Objective {
  /** `none`: the model has an objective of its own. */
  readonly loss: "none" | "cross_entropy" | "logistic" | "hinge" | "half_mse" | "mse" | "huber";
  readonly alignment?: Alignment;
  readonly task?: TaskAlignment;
  readonly transfer?: KnowledgeTransfer;
  /** Of towers with a `private_part`. */
  readonly separation?: Separation;
  /** Share of training rows whose label a modality's loss may see, 0..1; all where not named. */
  readonly labelled?: Readonly<Partial<Record<Modality, number>>>;
}

/** λ‖w‖₁. */
export interface L1Penalty {
  readonly norm: "l1";
  readonly lambda: Lambda;
  readonly on?: string;
}

/** plain: λ‖w‖² · half: λ/2‖w‖² · half_mean: λ/(2m)‖w‖², m training samples. */
export interface L2Penalty {
  readonly norm: "l2";
  readonly lambda: Lambda;
  readonly convention: "plain" | "half" | "half_mean";
  readonly on?: string;
}

/** λ(r‖w‖₁ + (1−r)/2‖w‖₂²) with r = `l1_ratio`. */
export interface ElasticNetPenalty {
  readonly norm: "elastic_net";
  readonly lambda: Lambda;
  readonly l1_ratio: number;
  readonly on?: string;
}

/** λ Σ_g √p_g·‖w_g‖₂; a group is what leaves one input or enters one output. */
export interface GroupLassoPenalty {
  readonly norm: "group_lasso";
  readonly lambda: Lambda;
  readonly groups: "inputs" | "outputs";
  readonly on?: string;
}

/** ‖w_g‖₂ ≤ limit after every step. */
export interface MaxNormPenalty {
  readonly norm: "max_norm";
  readonly limit: number;
  readonly groups: "inputs" | "outputs";
  readonly projection: "keras" | "torch";
  readonly on?: string;
}

/** λ/2·σ₁(W)², λ‖WᵀW − I‖², and λ/2·‖w − w⁰‖² with the transferred weights w⁰. */
export interface MatrixPenalty {
  readonly norm: "spectral" | "orthogonality" | "l2_sp";
  readonly lambda: Lambda;
  readonly on?: string;
}

/**
 * `on` is a glob over parameter names; without it a penalty falls on all weights.
 *
 * Biases are left out even where the glob fits their names ("image.*"): only a glob that ends in
 * "bias" takes them.
 */
export type Penalty =
  | L1Penalty
  | L2Penalty
  | ElasticNetPenalty
  | GroupLassoPenalty
  | MaxNormPenalty
  | MatrixPenalty;

/** A batch size that is larger than any data set. */
export const FULL_BATCH = 2 ** 31;

/** How the learning rate goes over the run; the first `warmup` steps rise evenly to it. */
export type Schedule = { readonly warmup: number } & (
  | { readonly type: "constant" }
  /** Times `factor` after every `every` epochs. */
  | { readonly type: "step"; readonly factor: number; readonly every: number }
  /** Times `factor` after every epoch. */
  | { readonly type: "exponential"; readonly factor: number }
  /** Down to the share `final` at the end, 0..1. */
  | { readonly type: "linear" | "cosine"; readonly final: number }
);

export interface GradientClip {
  readonly method: "global_norm" | "value";
  readonly limit: number;
}

/** Where nothing is stepped, all but `seed` stand for no steps at all: `epochs` is 0. */
export interface Training {
  readonly solver: "auto" | "gradient_descent";
  readonly optimizer:
    | "gradient_descent"
    | "sgd"
    | "momentum"
    | "nesterov"
    | "adam"
    | "adamw"
    | "fista";
  readonly learning_rate: number;
  readonly schedule: Schedule;
  readonly gradient_clip?: GradientClip;
  /** 0 for optimizers without. */
  readonly momentum: number;
  /** `adamw`: a step multiplies weights by 1 − learning_rate · weight_decay; 0 for the others. */
  readonly weight_decay: number;
  /** {@link FULL_BATCH} where the optimizer takes the whole training part. */
  readonly batch_size: number;
  readonly epochs: number;
  readonly seed: number;
  readonly backend: "auto" | "tensorflow" | "wasm" | "cpu";
  /** Whether a step may be compiled to one call. */
  readonly compile: boolean;
  /** Steps. */
  readonly log_every: number;
  /** Epochs. */
  readonly snapshot_every: number;
  /** Steps between two checkpoints, besides the one after each epoch. */
  readonly checkpoint_every?: number;
}

/** Clips weights beyond share·max|w| to that bound; once. */
export interface ClipOperation {
  readonly operation: "clip";
  readonly share: number;
  readonly scope: WeightScope;
}

/** Keeps weights from share·max|w| on, the others are zero from then on. */
export interface RetainOperation {
  readonly operation: "retain";
  readonly share: number;
  readonly scope: WeightScope;
}

/** Removes the smallest weights for good. */
export type PruneOperation = { readonly operation: "prune" } & (
  | {
      readonly by: "fraction";
      readonly fraction: number;
      readonly scope: WeightScope;
      /** The fraction rises until then, by a cubic curve. */
      readonly until_epoch?: number;
      /** Steps from one rise to the next. */
      readonly every: number;
    }
  | { readonly by: "threshold"; readonly threshold: number }
  | { readonly by: "2:4" }
);

/** Whether weights are compared within their tensor or with all that the entry falls on. */
export type WeightScope = "layer" | "global";

/** Something done to the weights after an epoch, by default the last; 0 is before the first. */
export type WeightOperation = {
  readonly after_epoch?: number;
  readonly on?: string;
} & (ClipOperation | RetainOperation | PruneOperation);

/** How much accuracy is left at each share of removed weights. */
export interface SparsityCurve {
  /** Shares of removed weights, 0..1, each from the trained weights. */
  readonly fractions: readonly number[];
  readonly scope: WeightScope;
  readonly fine_tune_epochs: number;
  readonly on?: string;
}

/** Weights of an earlier training to start from. */
export interface Transfer {
  /** A safetensors file or a run folder, relative to the experiment file. */
  readonly from: string;
  readonly include: string;
  readonly exclude?: string;
  /** Glob over the parameters that are not trained. */
  readonly freeze?: string;
  /** Frozen parameters that are trained from an epoch on, counted from 1. */
  readonly unfreeze: readonly { readonly on: string; readonly epoch: number }[];
  /** Factors of the learning rate; the last one that matches counts. */
  readonly learning_rates: readonly { readonly on: string; readonly factor: number }[];
}

/** λ values to choose from, or how many from the largest down to `ratio` times it. */
export type LambdaGrid =
  | readonly number[]
  | {
      readonly path: number;
      readonly ratio: number;
      /** λ_max unless it is given; a network has none. */
      readonly largest?: number;
    };

export interface Select {
  /** Empty for `evidence`, which has no use for it. */
  readonly lambda: LambdaGrid;
  readonly rule: "best" | "one_se" | "loo" | "gcv" | "evidence" | "hypergradient";
  /** Index of the penalty whose λ is chosen, where there are several. */
  readonly penalty?: number;
  /** Networks: every training starts from the weights of the λ before, from the least λ upwards. */
  readonly warm_start: boolean;
  /** Of `hypergradient`: step size in log λ, steps between two, products with the Hessian, its rows, δ/‖H‖. */
  readonly learning_rate?: number;
  readonly every?: number;
  readonly products?: number;
  readonly rows?: number;
  readonly damping?: number;
  /** Globs over names of features, by the name of the group. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** A key of the file with the values it takes: `values`, or a range from `low` to `high`. */
export interface SweptKey {
  readonly key: string;
  readonly values?: readonly unknown[];
  readonly low?: number;
  readonly high?: number;
  readonly scale: "linear" | "log";
  /** Values that a grid takes from a range. */
  readonly count: number;
  readonly integer: boolean;
}

/** Successive halving: rungs of min_epochs·eta^k epochs, the best 1/eta of a rung go on. */
export interface Halving {
  readonly eta: number;
  readonly min_epochs: number;
}

/** Many trainings with other values of some keys. */
export interface Sweep {
  readonly vary: readonly SweptKey[];
  readonly search: "grid" | "random";
  /** Of a random search. */
  readonly trials?: number;
  readonly seed?: number;
  readonly metric: string;
  readonly goal: "minimize" | "maximize";
  readonly halving?: Halving;
}

export interface Experiment {
  readonly name: string;
  readonly data: Data & Partial<Pairing>;
  readonly split: HoldoutSplit | KfoldSplit;
  readonly model: ModelSettings;
  readonly objective: Objective;
  readonly penalty: readonly Penalty[];
  readonly training: Training;
  readonly weight_operations: readonly WeightOperation[];
  readonly sparsity_curve?: SparsityCurve;
  readonly transfer?: Transfer;
  readonly select?: Select;
  readonly sweep?: Sweep;
}
