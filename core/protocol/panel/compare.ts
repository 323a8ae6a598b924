/** The Compare tab: the panel's run against others. */
import {
  type Decoder,
  finiteNumber,
  flag,
  listOf,
  naturalNumber,
  number,
  objectOf,
  oneOf,
  text,
} from "../decoder.ts";
import { RUN_STATUSES, type RunStatus } from "../run-files.ts";
import type { MessageDecoders } from "./message-decoders.ts";

export interface ComparedRun {
  /** Tells runs apart, as in `OtherRun`. */
  readonly key: string;
  readonly name: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly isBaseline: boolean;
  /** Finished runs of the same experiment that differ in the seed only, this one among them. */
  readonly seeds: number;
  /** Why the settings of its experiment are not among those compared. */
  readonly problem?: string;
}

export interface ComparedSetting {
  /** `penalty[0].lambda`, or what the record calls it. */
  readonly path: string;
  /** One a run, in the order of `runs`; null where the run has no such setting. */
  readonly cells: readonly (SettingCell | null)[];
  readonly isEqual: boolean;
}

export interface SettingCell {
  readonly text: string;
  /** The experiment file does not name it. */
  readonly isDefault: boolean;
}

export const VERDICTS = [
  "better",
  "worse",
  "different",
  "within noise",
  "other objective",
] as const;
/**
 * `different`: more than noise, of a metric that has no better side. `other objective`: a loss with
 * its penalty, of runs that did not minimize the same.
 */
export type Verdict = (typeof VERDICTS)[number];

/** A metric of the panel's run and of another. */
export interface MetricChange {
  readonly name: string;
  readonly run: number;
  readonly other: number;
  /** Absent where seeds are too few to know the noise, or a value is no number. */
  readonly noise?: {
    /** Standard deviation of one run over seeds. */
    readonly deviation: number;
    /** Runs that it was estimated from. */
    readonly n: number;
    /**
     * run − other in standard deviations of a difference, turned so that better is positive; absent
     * where seeds make no difference at all.
     */
    readonly units?: number;
    /** What |units| must exceed to be more than noise. */
    readonly threshold: number;
    readonly verdict: Verdict;
  };
}

export interface LayerFigures {
  readonly norm: number;
  /** Share of exact zeros, 0..1. */
  readonly zeroFraction: number;
  readonly isPenalised: boolean;
  readonly deadUnits?: number;
  readonly units?: number;
}

/** A parameter tensor of both runs, or of one of them. */
export interface LayerChange {
  readonly layer: string;
  readonly run?: LayerFigures;
  readonly other?: LayerFigures;
}

/** The panel's run against one other. */
export interface RunPair {
  readonly metrics: readonly MetricChange[];
  /** Biggest change first. */
  readonly layers: readonly LayerChange[];
  /** Step of the layers of each; absent where none were stored. */
  readonly runStep?: number;
  readonly otherStep?: number;
}

export interface RunComparison {
  /** The panel's own first. */
  readonly runs: readonly ComparedRun[];
  readonly settings: readonly ComparedSetting[];
  /** One for each run but the first. */
  readonly pairs: readonly RunPair[];
}

export interface CompareToPage {
  readonly type: "compare/result";
  readonly run: string;
  readonly comparison: RunComparison;
}

/**
 * Compare the run with those that are shown over it or, where there are none, with the baseline
 * among its neighbours.
 */
export interface CompareRequest {
  readonly type: "compare/request";
}

/** Let the reader choose a run to compare with. */
export interface CompareAction {
  readonly type: "compare/pick";
}

function orNull<T>(item: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? { ok: true, value } : item(value));
}

const comparedRun = objectOf<ComparedRun>(
  {
    key: text,
    name: text,
    status: oneOf(...RUN_STATUSES),
    started: text,
    isBaseline: flag,
    seeds: naturalNumber,
    problem: text,
  },
  ["problem"],
);

const metricChange = objectOf<MetricChange>(
  {
    name: text,
    run: number,
    other: number,
    noise: objectOf<NonNullable<MetricChange["noise"]>>(
      {
        deviation: finiteNumber,
        n: naturalNumber,
        units: finiteNumber,
        threshold: finiteNumber,
        verdict: oneOf(...VERDICTS),
      },
      ["units"],
    ),
  },
  ["noise"],
);

const layerFigures = objectOf<LayerFigures>(
  {
    norm: number,
    zeroFraction: number,
    isPenalised: flag,
    deadUnits: naturalNumber,
    units: naturalNumber,
  },
  ["deadUnits", "units"],
);

const runPair = objectOf<RunPair>(
  {
    metrics: listOf(metricChange),
    layers: listOf(
      objectOf<LayerChange>({ layer: text, run: layerFigures, other: layerFigures }, [
        "run",
        "other",
      ]),
    ),
    runStep: naturalNumber,
    otherStep: naturalNumber,
  },
  ["runStep", "otherStep"],
);

export const COMPARE_TO_PAGE: MessageDecoders<CompareToPage> = {
  "compare/result": objectOf({
    type: oneOf("compare/result"),
    run: text,
    comparison: objectOf<RunComparison>({
      runs: listOf(comparedRun),
      settings: listOf(
        objectOf<ComparedSetting>({
          path: text,
          cells: listOf(orNull(objectOf<SettingCell>({ text, isDefault: flag }))),
          isEqual: flag,
        }),
      ),
      pairs: listOf(runPair),
    }),
  }),
};

export const COMPARE_REQUESTS: MessageDecoders<CompareRequest> = {
  "compare/request": objectOf({ type: oneOf("compare/request") }),
};

export const COMPARE_ACTIONS: MessageDecoders<CompareAction> = {
  "compare/pick": objectOf({ type: oneOf("compare/pick") }),
};
