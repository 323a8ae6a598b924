import type { CurvesRequest, RunCurves } from "../protocol/panel/curves.ts";
import type { OtherRun } from "../protocol/panel/others.ts";
import type { RunHeader } from "../protocol/panel/run.ts";
import { createMetricsReader, type MetricsReader } from "./metrics-reader.ts";
import { createRunCurves, type RunCurvesSender } from "./run-curves.ts";
import type { RunSource } from "./run-source.ts";

export interface CurvesReader {
  /** Reads what the files have gained and gives what is new of the view, piece after piece. */
  update(): AsyncGenerator<readonly RunCurves[]>;
  /** Another view: all curves of it from what has been read, others from the next update on. */
  show(request: CurvesRequest): readonly RunCurves[];
  epochAt(step: number): number;
}

interface Deps {
  readonly source: RunSource;
  header(): RunHeader | undefined;
  others(): readonly OtherRun[];
}

interface OtherCurves {
  readonly metrics: MetricsReader;
  readonly sender: RunCurvesSender;
}

/** What is shown before a page has said what it shows. */
const FIRST_VIEW: CurvesRequest = {
  type: "curves/window",
  axis: "step",
  width: 1024,
  smoothing: 0.6,
  others: [],
  metrics: [],
};

/** While a long file is read, what is there is sent each time it has grown by so much. */
const GROWTH = 1.6;

/** A run that goes on is sent again when it is longer by this share: less would not be seen. */
const SEEN_SHARE = 1 / 1000;

/** Curves of a run and of those that are shown over it. */
export function createCurvesReader({ source, header, others }: Deps): CurvesReader {
  const metrics = createMetricsReader(source);
  const sender = createRunCurves({ key: "", columns: metrics.columns, header });
  const known = new Map<string, OtherCurves>();
  let view = FIRST_VIEW;
  /** Lines of the own run when its curves were sent last. */
  let sentLines = 0;

  function otherOf(key: string): OtherCurves {
    const held = known.get(key);
    if (held !== undefined) return held;
    const report = (problem: string) => source.report(`${key}: ${problem}`);
    const own = createMetricsReader({ files: source.files, folder: key, report });
    const made = {
      metrics: own,
      sender: createRunCurves({
        key,
        columns: own.columns,
        header: () => others().find((other) => other.key === key)?.header,
      }),
    };
    known.set(key, made);
    return made;
  }

  /** Keys come from the page: only those of runs that were chosen are files to be read. */
  const wanted = () => others().filter(({ key }) => view.others.includes(key));

  async function* ofOwn(): AsyncGenerator<readonly RunCurves[]> {
    const linesHeld = () => metrics.columns.steps().length;
    for await (const { isReset } of metrics.update()) {
      if (isReset) {
        sender.forget();
        sentLines = 0;
      }
      if (linesHeld() < sentLines * GROWTH) continue;
      sentLines = linesHeld();
      yield listed(sender.next(view));
    }
    const isLonger = linesHeld() >= sentLines * (1 + SEEN_SHARE);
    if (!isLonger && header()?.status === "running") return;
    sentLines = linesHeld();
    yield listed(sender.next(view));
  }

  async function* ofOthers(): AsyncGenerator<readonly RunCurves[]> {
    const chosen = others().map(({ key }) => key);
    for (const key of known.keys()) if (!chosen.includes(key)) known.delete(key);
    for (const { key } of wanted()) {
      const other = otherOf(key);
      for await (const { isReset } of other.metrics.update()) if (isReset) other.sender.forget();
      yield listed(other.sender.next(view, view.metrics));
    }
  }

  return {
    async *update() {
      for await (const runs of ofOwn()) if (runs.length > 0) yield runs;
      for await (const runs of ofOthers()) if (runs.length > 0) yield runs;
    },
    show(request) {
      view = request;
      sender.forget();
      for (const other of known.values()) other.sender.forget();
      return [
        ...listed(sender.next(view)),
        ...wanted().flatMap(({ key }) => listed(known.get(key)?.sender.next(view, view.metrics))),
      ];
    },
    epochAt: metrics.epochAt,
  };
}

function listed(curves: RunCurves | undefined): readonly RunCurves[] {
  return curves === undefined ? [] : [curves];
}
