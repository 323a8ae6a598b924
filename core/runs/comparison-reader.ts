import { type FlatSetting, flatSettings } from "../experiment/flat-settings.ts";
import { decodeUtf8Lossy } from "../formats/utf8.ts";
import type { LayerFigures, RunComparison } from "../protocol/panel/compare.ts";
import { RUN_FILES, type RunRecord } from "../protocol/run-files.ts";
import { NO_NOTES } from "../protocol/run-notes.ts";
import { compareRuns, type RunSubject } from "./compare-runs.ts";
import { layerFigures } from "./layer-changes.ts";
import { createLayersReader, type LayersReader } from "./layers-reader.ts";
import { createNeighbourRuns, type NeighbourRun } from "./neighbour-runs.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type RunFileSystem, readWhole } from "./run-file-system.ts";
import { readRunRecord } from "./run-record.ts";
import { seedlessIdentity } from "./setting-rows.ts";
import { readRunNotes } from "./stored-notes.ts";

/**
 * The content of the experiment that a run was made of, by the text of its file and what its record
 * says was set besides.
 *
 * @throws {Error} If the text cannot be read.
 */
export type ReadExperiment = (text: string, record: RunRecord) => unknown;

interface Deps {
  readonly files: RunFileSystem;
  readonly isAlive: IsAlive;
  readonly readExperiment: ReadExperiment;
  report(problem: string): void;
}

export interface ComparisonReader {
  /**
   * The run against those in `folders` or, where there are none, against the baseline that lies
   * beside it. `undefined` where the run itself cannot be read.
   */
  compare(folders: readonly string[]): Promise<RunComparison | undefined>;
}

type Experiment = ReadonlyMap<string, FlatSetting>;
type Layers = RunSubject["layers"];

const SPEC_MAX_BYTES = 1024 * 1024;

/** Compares a run with others; what is read of a run is kept while that run is compared. */
export function createComparisonReader(deps: Deps, folder: string): ComparisonReader {
  const { files, isAlive, report } = deps;
  const experiments = createExperiments(deps);
  const layers = new Map<string, { readonly reader: LayersReader; last?: Layers }>();
  const neighbours = createNeighbourRuns(files);

  /** Finished runs that differ from this one in the seed only; itself among them. */
  async function seedsOf(run: NeighbourRun, experiment: Experiment): Promise<RunSubject["seeds"]> {
    const identity = seedlessIdentity(experiment, run.record);
    const found: RunRecord[] = [];
    for (const other of await neighbours.alike(run.folder, run.record)) {
      const settings = await experiments.of(other);
      const isSeed =
        typeof settings === "object" && seedlessIdentity(settings, other.record) === identity;
      if (isSeed) found.push(other.record);
    }
    return found;
  }

  async function layersOf(at: string): Promise<Layers> {
    const known = layers.get(at) ?? {
      reader: createLayersReader({ files, folder: at, report: (text) => report(`${at}: ${text}`) }),
    };
    layers.set(at, known);
    const news = await known.reader.update();
    if (news !== undefined) {
      const figures = news.layers.map((row): [string, LayerFigures] => [
        row.layer,
        layerFigures(row),
      ]);
      known.last = { step: news.step, figures: new Map(figures) };
    }
    return known.last;
  }

  async function subjectOf(at: string): Promise<RunSubject | undefined> {
    const record = await readRunRecord(files, at, isAlive);
    if (typeof record === "string") {
      report(`${at}: ${record}`);
      return undefined;
    }
    const notes = await readRunNotes(files, at);
    if (typeof notes === "string") report(`${at}: ${notes}`);
    const { name = record.name, baseline } = typeof notes === "string" ? NO_NOTES : notes;
    const experiment = await experiments.of({ folder: at, record });
    const last = await layersOf(at);
    return {
      folder: at,
      name,
      isBaseline: baseline === true,
      record,
      experiment,
      seeds:
        typeof experiment === "string" ? [] : await seedsOf({ folder: at, record }, experiment),
      ...(last === undefined ? {} : { layers: last }),
    };
  }

  return {
    async compare(folders) {
      const baseline = folders.length > 0 ? undefined : await neighbours.baseline(folder);
      const shown = [folder, ...(baseline === undefined ? folders : [baseline])];
      for (const at of layers.keys()) if (!shown.includes(at)) layers.delete(at);
      const subjects: (RunSubject | undefined)[] = [];
      for (const at of shown) subjects.push(await subjectOf(at));
      experiments.forgetUnused();
      const [own, ...others] = subjects;
      if (own === undefined) return undefined;
      return compareRuns([own, ...others.filter((other) => other !== undefined)]);
    },
  };
}

interface Experiments {
  /** Settings that a run's experiment file says, or why they are not known. */
  of(run: NeighbourRun): Promise<Experiment | string>;
  /** Drops those of runs that were not asked about since the last call. */
  forgetUnused(): void;
}

function createExperiments({ files, readExperiment }: Deps): Experiments {
  const known = new Map<string, { readonly stamp: string; readonly found: Experiment | string }>();
  const used = new Set<string>();

  async function read({ folder, record }: NeighbourRun): Promise<Experiment | string> {
    const bytes = await readWhole(files, `${folder}/${RUN_FILES.spec}`, SPEC_MAX_BYTES);
    if (bytes === undefined) return `${RUN_FILES.spec} is missing`;
    if (typeof bytes === "string") return `${RUN_FILES.spec} has ${bytes}`;
    try {
      return flatSettings(readExperiment(decodeUtf8Lossy(bytes), record));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return `${RUN_FILES.spec} cannot be read: ${reason.split("\n")[0] ?? ""}`;
    }
  }

  return {
    async of(run) {
      const { spec_hash, set, parent } = run.record;
      const stamp = JSON.stringify([spec_hash, set, parent]);
      used.add(run.folder);
      const old = known.get(run.folder);
      if (old?.stamp === stamp) return old.found;
      const found = await read(run);
      known.set(run.folder, { stamp, found });
      return found;
    },
    forgetUnused() {
      for (const folder of known.keys()) if (!used.has(folder)) known.delete(folder);
      used.clear();
    },
  };
}
