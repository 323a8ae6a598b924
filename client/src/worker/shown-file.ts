import { spectrumFacts } from "../../../core/measures/spectrum-facts.ts";
import type { WeightFileHeader } from "../../../core/protocol/panel/weight-file.ts";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { changeOf, missingSentence } from "../../../core/weights/difference/change-row.ts";
import { compareFiles } from "../../../core/weights/difference/compare-files.ts";
import type { DifferenceKernels } from "../../../core/weights/difference/difference-kernels.ts";
import { pendingLayer, scannedLayer } from "../../../core/weights/file-layers.ts";
import { type FileMatrix, readFileMatrix } from "../../../core/weights/file-matrix.ts";
import type { ScanKernels } from "../../../core/weights/scan/kernels.ts";
import { scanFile } from "../../../core/weights/scan/scan-file.ts";
import type { WeightFile, WeightFileProblem } from "../../../core/weights/weight-file.ts";

/** Milliseconds from one message about what was read to the next. */
const MESSAGE_MS = 200;

export type WithFile = <Value>(
  path: string,
  use: (weights: WeightFile | WeightFileProblem, sizeBytes: number) => Promise<Value>,
) => Promise<Value>;

/** A file by its path, and by its name for people. */
export interface FilePlace {
  readonly path: string;
  readonly name: string;
}

export interface ShownFileDeps {
  /** Runs `use` on a file, opened for it alone. */
  readonly withFile: WithFile;
  createKernels(): ScanKernels;
  createDifferenceKernels(): DifferenceKernels;
  /** Not called any more once the file is closed. */
  readonly send: (message: ToPage) => void;
}

/** What is shown: a file, as one step of its training, beside another one. */
export interface Shown {
  /** What messages name it by. */
  readonly run: string;
  readonly file: FilePlace;
  readonly against?: FilePlace;
  readonly steps: readonly number[];
  readonly step: number;
  readonly stepWord?: string;
}

export interface ShownFile {
  /** Only the last layer asked for is answered while another is being read. */
  requestMatrix(layer: string): void;
  close(): void;
}

/** Sends the tensors of a file at once, then what their values are like while they are read. */
export function showFile(deps: ShownFileDeps, shown: Shown): ShownFile {
  const { run, file, against } = shown;
  const stop = new AbortController();
  const closed = new Promise<void>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve());
  });
  const known = new Map<string, LayerRow>();
  /** The file while it is open, where several may read it. */
  let opened: WeightFile | undefined;
  let wanted: string | undefined;
  let isReading = false;

  const tell = (message: ToPage) => {
    if (!stop.signal.aborted) deps.send(message);
  };
  const problem = (message: string) => tell({ type: "run/problem", run, message });
  const fail = (error: unknown) => problem(error instanceof Error ? error.message : String(error));

  async function show(): Promise<void> {
    await deps.withFile(file.path, async (weights, sizeBytes) => {
      const header = headerOf(shown, sizeBytes, weights);
      const layers = "problem" in weights ? [] : weights.tensors.map(pendingLayer);
      const { steps, step } = shown;
      tell({ type: "file/header", run, file: header, steps, step, layers });
      if (!("problem" in weights)) await fill(weights);
    });
  }

  async function fill(weights: WeightFile): Promise<void> {
    if (weights.isOneReader !== true) opened = weights;
    for (const message of weights.problems) problem(message);
    const rows = rowSender({ run, passes: against === undefined ? 1 : 2, known, tell });
    await scan(weights, rows);
    if (against !== undefined) await compare(weights, against, rows);
    // A tensor that is selected later is read from the same open file.
    if (opened !== undefined) await closed;
  }

  async function scan({ tensors }: WeightFile, rows: RowSender): Promise<void> {
    const watch = { signal: stop.signal, onShare: (share: number) => rows.onShare(0, share) };
    for await (const scanned of scanFile(deps.createKernels(), tensors, watch)) {
      if ("problem" in scanned) problem(`\`${scanned.name}\`: ${scanned.problem}`);
      else rows.add(scanned.name, scannedLayer(scanned));
    }
    rows.endPass(0);
  }

  async function compare(a: WeightFile, { path, name }: FilePlace, rows: RowSender): Promise<void> {
    await deps.withFile(path, async (b) => {
      if ("problem" in b) problem(`${name}: ${b.problem}`);
      else await compareWith(a, b, rows);
      rows.endPass(1);
    });
  }

  async function compareWith(a: WeightFile, b: WeightFile, rows: RowSender): Promise<void> {
    const missing: string[] = [];
    const watch = { signal: stop.signal, onShare: (share: number) => rows.onShare(1, share) };
    const kernels = deps.createDifferenceKernels();
    for await (const compared of compareFiles(kernels, [a.tensors, b.tensors], watch)) {
      if (compared.change === "missing") missing.push(compared.name);
      else rows.add(compared.name, changeOf(compared));
      if (compared.change === "unread") problem(`\`${compared.name}\`: ${compared.problem}`);
    }
    const sentence = missingSentence(missing, against?.name ?? "");
    if (sentence !== undefined) problem(sentence);
  }

  async function readMatrices(): Promise<void> {
    isReading = true;
    while (wanted !== undefined && !stop.signal.aborted) {
      const layer = wanted;
      wanted = undefined;
      try {
        const found =
          opened === undefined
            ? await deps.withFile(file.path, (weights) => matrixOf(weights, layer))
            : await matrixOf(opened, layer);
        if (typeof found === "object") showMatrix(layer, found);
        else tell({ type: "weights/no-matrix", run, layer, reason: found });
      } catch (error) {
        fail(error);
      }
    }
    isReading = false;
  }

  function showMatrix(layer: string, { matrix, spectrum }: FileMatrix): void {
    const row = known.get(layer);
    tell({ type: "weights/matrix", run, matrix: { ...matrix, step: shown.step } });
    if (spectrum === undefined || row === undefined) return;
    const sides = { rows: matrix.outputs, columns: matrix.inputs };
    const whole = { ...row, spectrum, ...spectrumFacts(spectrum, sides) };
    known.set(layer, whole);
    tell({ type: "file/layers", run, layers: [whole] });
  }

  show().catch((error: unknown) => {
    if (!stop.signal.aborted) fail(error);
  });
  return {
    requestMatrix(layer) {
      wanted = layer;
      if (!isReading) void readMatrices();
    },
    close: () => stop.abort(),
  };
}

interface RowSender {
  /** What is known of a tensor is added to what was known before. */
  add(layer: string, news: Partial<LayerRow>): void;
  onShare(pass: number, share: number): void;
  endPass(pass: number): void;
}

interface Rows {
  readonly run: string;
  /** How often the values of the file are read. */
  readonly passes: number;
  readonly known: Map<string, LayerRow>;
  tell(message: ToPage): void;
}

/** Sends rows in batches, with the share of all passes that is done. */
function rowSender({ run, passes, known, tell }: Rows): RowSender {
  let batch = new Set<string>();
  let share = 0;
  let sentMs = performance.now();
  const flush = () => {
    const layers = [...batch].flatMap((layer) => known.get(layer) ?? []);
    tell({ type: "file/layers", run, layers, share });
    batch = new Set();
    sentMs = performance.now();
  };
  return {
    add(layer, news) {
      const row = { ...known.get(layer), ...news };
      if (!isWhole(row)) return;
      known.set(layer, row);
      batch.add(layer);
    },
    onShare(pass, read) {
      share = (pass + read) / passes;
      if (performance.now() - sentMs > MESSAGE_MS) flush();
    },
    endPass(pass) {
      share = (pass + 1) / passes;
      flush();
    },
  };
}

/** A tensor that could not be scanned has no row to add to. */
function isWhole(row: Partial<LayerRow>): row is LayerRow {
  return row.layer !== undefined;
}

function headerOf(
  { file, against, stepWord }: Shown,
  sizeBytes: number,
  weights: WeightFile | WeightFileProblem,
): WeightFileHeader {
  const fault = "problem" in weights ? { fault: weights.problem } : {};
  return {
    name: file.name,
    format: "problem" in weights ? "" : weights.format,
    sizeBytes,
    ...fault,
    ...(against === undefined ? {} : { against: against.name }),
    ...(stepWord === undefined ? {} : { stepWord }),
  };
}

/** A text says why there is none. */
async function matrixOf(
  weights: WeightFile | WeightFileProblem,
  layer: string,
): Promise<FileMatrix | string> {
  if ("problem" in weights) return weights.problem;
  const tensor = weights.tensors.find(({ name }) => name === layer);
  return tensor === undefined ? `The file no longer holds ${layer}` : readFileMatrix(tensor);
}
