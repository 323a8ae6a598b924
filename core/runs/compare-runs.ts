import type { FlatSetting } from "../experiment/flat-settings.ts";
import type { LayerFigures, RunComparison, RunPair } from "../protocol/panel/compare.ts";
import type { RunRecord } from "../protocol/run-files.ts";
import { layerChanges } from "./layer-changes.ts";
import { type MeasuredRun, metricChanges } from "./metric-changes.ts";
import { runSettings, seedlessIdentity, settingRows } from "./setting-rows.ts";

/** All that is known of a run that is compared. */
export interface RunSubject {
  readonly folder: string;
  /** The reader's name for it, else the record's. */
  readonly name: string;
  readonly isBaseline: boolean;
  /** With its status resolved. */
  readonly record: RunRecord;
  /** Settings of its experiment file, or why they are not known. */
  readonly experiment: ReadonlyMap<string, FlatSetting> | string;
  /** Finished runs that differ from it in the seed only; itself among them, where it is finished. */
  readonly seeds: readonly RunRecord[];
  readonly layers?: {
    readonly step: number;
    readonly figures: ReadonlyMap<string, LayerFigures>;
  };
}

/** The first run against each of the others: settings, metrics, layers. */
export function compareRuns([own, ...others]: readonly [
  RunSubject,
  ...RunSubject[],
]): RunComparison {
  const subjects = [own, ...others];
  return {
    runs: subjects.map(({ folder, name, isBaseline, record, experiment, seeds }) => ({
      key: folder,
      name,
      status: record.status,
      started: record.started,
      isBaseline,
      seeds: seeds.length,
      ...(typeof experiment === "string" ? { problem: experiment } : {}),
    })),
    settings: settingRows(
      subjects.map(({ record, experiment }) =>
        runSettings(typeof experiment === "string" ? undefined : experiment, record),
      ),
    ),
    pairs: others.map((other) => pairOf(own, other)),
  };
}

function pairOf(own: RunSubject, other: RunSubject): RunPair {
  const none: ReadonlyMap<string, LayerFigures> = new Map();
  return {
    metrics: metricChanges(measured(own), measured(other)),
    layers: layerChanges(own.layers?.figures ?? none, other.layers?.figures ?? none),
    ...(own.layers === undefined ? {} : { runStep: own.layers.step }),
    ...(other.layers === undefined ? {} : { otherStep: other.layers.step }),
  };
}

function measured({ folder, record, experiment, seeds }: RunSubject): MeasuredRun {
  return {
    values: record.final,
    objective: record.objective,
    seeds: seeds.map(({ final }) => final),
    // Runs whose experiment is unknown are taken for different ones.
    identity: typeof experiment === "string" ? folder : seedlessIdentity(experiment, record),
  };
}
