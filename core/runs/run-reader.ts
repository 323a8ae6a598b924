import type { OtherRun } from "../protocol/panel/others.ts";
import { RUN_FILES, type RunRecord } from "../protocol/run-files.ts";
import { hasEnded } from "../protocol/run-worker.ts";
import { assertNever, type PanelRequest, type ToPage } from "../protocol/webview.ts";
import { createCoefficientsReader } from "./coefficients-reader.ts";
import { createComparisonReader, type ReadExperiment } from "./comparison-reader.ts";
import { createCurvesReader } from "./curves-reader.ts";
import { createEmbeddingsReader } from "./embeddings-reader.ts";
import { createOthersReader } from "./others-reader.ts";
import type { IsAlive } from "./process-liveness.ts";
import type { RunFileSystem } from "./run-file-system.ts";
import { runHeader } from "./run-header.ts";
import { readRunRecord } from "./run-record.ts";
import type { ReadBeside } from "./views-beside.ts";
import { createWeightsReader } from "./weights-reader.ts";

/** What a reader answers; projections take long and are made beside it. */
export type RunRequest = Exclude<PanelRequest, { readonly type: "embeddings/project" }>;

/**
 * Reads one run for one page. Updates must not overlap; an answer may come between two messages of
 * an update.
 */
export interface RunReader {
  /** What is new since the last call; at first everything, the header before the rest. */
  update(): AsyncGenerator<ToPage>;
  /** What the page asked for. */
  answer(request: RunRequest): AsyncGenerator<ToPage>;
  /** Folders of the runs that are shown over this one, from the next update on. */
  showOthers(folders: readonly string[]): void;
  /** True when the last update found the processes of the run and of those over it done. */
  hasEnded(): boolean;
  /** Ends what is in work beside the reading. */
  close(): void;
}

interface Deps {
  readonly files: RunFileSystem;
  readonly isAlive: IsAlive;
  readonly readExperiment: ReadExperiment;
  readonly readBeside: ReadBeside;
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** A file full of faults is told by its first ones. */
const MAX_PROBLEMS = 20;

/** A reader of the run in `folder`, whose files may grow, be replaced, be missing or be hostile. */
export function createRunReader(deps: Deps, folder: string): RunReader {
  const { files, isAlive, now } = deps;
  const known = new Set<string>();
  let unsent: string[] = [];
  const source = {
    files,
    folder,
    report(problem: string) {
      if (known.has(problem) || known.size >= MAX_PROBLEMS) return;
      known.add(problem);
      unsent.push(problem);
    },
  };
  const weights = createWeightsReader(source);
  const embeddings = createEmbeddingsReader(source, deps.readBeside);
  const coefficients = createCoefficientsReader(source);
  const others = createOthersReader({ files, isAlive, report: source.report });
  const comparison = createComparisonReader({ ...deps, report: source.report }, folder);
  let run = folder.slice(Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\")) + 1);
  let record: RunRecord | undefined;
  let shownOthers: readonly OtherRun[] = [];
  const curves = createCurvesReader({
    source,
    header: () => (record === undefined ? undefined : runHeader(record, 0)),
    others: () => shownOthers,
  });
  const context = () => ({ run, epochAt: curves.epochAt, modalities: record?.modalities ?? [] });

  function* problems(): Generator<ToPage> {
    for (const message of unsent) yield { type: "run/problem", run, message };
    unsent = [];
  }

  async function* header(): AsyncGenerator<ToPage> {
    const found = await readRunRecord(files, folder, isAlive);
    if (typeof found === "string") {
      source.report(found);
      return;
    }
    const isNew = JSON.stringify(found) !== JSON.stringify(record);
    record = found;
    run = found.id;
    if (!isNew) return;
    const names = [RUN_FILES.record, RUN_FILES.metrics, RUN_FILES.layers];
    const states = await Promise.all(names.map((name) => files.stat(`${folder}/${name}`)));
    const writtenMs = Math.max(...states.map((state) => state?.modifiedMs ?? 0));
    yield { type: "run/header", run: runHeader(found, Math.max(0, now() - writtenMs)) };
  }

  async function* answered(request: RunRequest): AsyncGenerator<ToPage> {
    switch (request.type) {
      case "curves/window":
        yield { type: "curves/window", run, runs: curves.show(request) };
        return;
      case "weights/request":
      case "weights/request-matrix":
      case "weights/request-history":
      case "weights/request-difference":
        yield* weights.answer(request, run);
        return;
      case "embeddings/request":
        yield* embeddings.answer(request, context());
        return;
      case "compare/request": {
        const found = await comparison.compare(shownOthers.map(({ key }) => key));
        if (found !== undefined) yield { type: "compare/result", run, comparison: found };
        return;
      }
      default:
        assertNever(request);
    }
  }

  return {
    async *update() {
      yield* header();
      const list = await others.update();
      if (list !== undefined) {
        shownOthers = list;
        yield { type: "others/list", run, others: list };
      }
      for await (const runs of curves.update()) yield { type: "curves/window", run, runs };
      const snapshot = await weights.update();
      if (snapshot !== undefined) yield { type: "weights/snapshot", run, ...snapshot };
      yield* embeddings.update(context());
      const paths = await coefficients.update();
      if (paths !== undefined) yield { type: "path/coefficients", run, paths };
      yield* problems();
    },
    async *answer(request) {
      yield* answered(request);
      yield* problems();
    },
    showOthers(folders) {
      others.show(folders);
      weights.showOthers(folders);
    },
    close: embeddings.close,
    hasEnded: () => record !== undefined && hasEnded(record.status) && others.haveEnded(),
  };
}
