import { spectrumFacts } from "../../../core/measures/spectrum-facts.ts";
import type { WeightFileHeader } from "../../../core/protocol/panel/weight-file.ts";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { pendingLayer, scannedLayer } from "../../../core/weights/file-layers.ts";
import { type FileMatrix, readFileMatrix } from "../../../core/weights/file-matrix.ts";
import type { ScanKernels } from "../../../core/weights/scan/kernels.ts";
import { scanFile } from "../../../core/weights/scan/scan-file.ts";
import type { WeightFile, WeightFileProblem } from "../../../core/weights/weight-file.ts";

import type { Followed } from "./followed.ts";

/** Milliseconds from one message about what was read to the next. */
const MESSAGE_MS = 200;

interface Deps {
  /** Name of the file for messages, which is its path, and for people. */
  readonly file: { readonly path: string; readonly name: string };
  /** Runs `use` on the file, opened for it alone. */
  withFile<Value>(
    use: (weights: WeightFile | WeightFileProblem, sizeBytes: number) => Promise<Value>,
  ): Promise<Value>;
  createKernels(): ScanKernels;
  send(message: ToPage): void;
}

/** Sends the tensors of a file at once, then what their values are like while they are read. */
export function followFile({ file, withFile, createKernels, send }: Deps): Followed {
  const { path: run, name } = file;
  const stop = new AbortController();
  const known = new Map<string, LayerRow>();
  let wanted: string | undefined;
  let isReading = false;

  const tell = (message: ToPage) => {
    if (!stop.signal.aborted) send(message);
  };
  const fail = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    tell({ type: "run/problem", run, message });
  };

  async function show(): Promise<void> {
    await withFile(async (weights, sizeBytes) => {
      const header = headerOf(name, sizeBytes, weights);
      const layers = "problem" in weights ? [] : weights.tensors.map(pendingLayer);
      tell({ type: "file/header", run, file: header, layers });
      if ("problem" in weights) return;
      for (const message of weights.problems) tell({ type: "run/problem", run, message });
      await scan(weights);
    });
  }

  async function scan({ tensors }: WeightFile): Promise<void> {
    let share = 0;
    let batch: LayerRow[] = [];
    let sentMs = performance.now();
    const flush = () => {
      tell({ type: "file/layers", run, layers: batch, share });
      batch = [];
      sentMs = performance.now();
    };
    const watch = {
      signal: stop.signal,
      onShare(read: number) {
        share = read;
        if (performance.now() - sentMs > MESSAGE_MS) flush();
      },
    };
    for await (const scanned of scanFile(createKernels(), tensors, watch)) {
      if ("problem" in scanned) {
        tell({ type: "run/problem", run, message: `\`${scanned.name}\`: ${scanned.problem}` });
        continue;
      }
      const row = { ...known.get(scanned.name), ...scannedLayer(scanned) };
      known.set(scanned.name, row);
      batch.push(row);
    }
    share = 1;
    flush();
  }

  async function readMatrices(): Promise<void> {
    isReading = true;
    while (wanted !== undefined && !stop.signal.aborted) {
      const layer = wanted;
      wanted = undefined;
      try {
        const found = await withFile((weights) => matrixOf(weights, layer));
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
    tell({ type: "weights/matrix", run, matrix });
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
    request(request) {
      if (request.type !== "weights/request-matrix") return;
      wanted = request.layer;
      if (!isReading) void readMatrices();
    },
    // A file stands for itself.
    showOthers: () => undefined,
    close: () => stop.abort(),
  };
}

function headerOf(
  name: string,
  sizeBytes: number,
  weights: WeightFile | WeightFileProblem,
): WeightFileHeader {
  return "problem" in weights
    ? { name, format: "", sizeBytes, fault: weights.problem }
    : { name, format: weights.format, sizeBytes };
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
