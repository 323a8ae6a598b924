import fs from "node:fs/promises";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { parseArgs } from "node:util";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import {
  type ComparedTensor,
  compareFiles,
} from "../../../core/weights/difference/compare-files.ts";
import { createDifferenceKernels } from "../../../core/weights/difference/difference-kernels.ts";
import { withWeightFile } from "../../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { type ScannedTensor, scanFile } from "../../../core/weights/scan/scan-file.ts";
import type { WeightFile } from "../../../core/weights/weight-file.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { differenceReport, differenceText } from "../inspect/difference-report.ts";
import { inspectReport, inspectText } from "../inspect/inspect-report.ts";
import { parsedArguments } from "../parsed-arguments.ts";
import { printable } from "../printable.ts";

const HELP = `Usage: normlens inspect FILE [--against OTHER] [--json]

Reads every tensor of a weight file once and prints what its values are like: exact zeros, norms, the
largest magnitude, NaN and infinity. Reads .safetensors (and .safetensors.index.json), .npy, .npz,
PyTorch's .pt, .pth and .ckpt, HDF5's .h5, Keras' .keras, .onnx, and TensorFlow.js' model.json.
Nothing in the file is executed.

  --against OTHER  compares the tensors A of FILE with those B of the same names in OTHER: ‖A−B‖₂/‖B‖₂,
                   max |A−B|, cosine, the share of equal values, zeros gained and lost; names that
                   only one has, and other shapes, are told
  --json           {"file", "format", "tensors": [{name, shape, dtype, count, zeros, l1, l2, max_abs,
                   non_finite}], "problems": [text]}; with --against {"file", "against", "tensors":
                   [{name, change: values | added | missing | shape, shape, shape_before, count,
                   distance, relative, max_abs, cosine, equal, zeros_gained, zeros_lost, non_finite}],
                   "problems"}

Exit code: 0 fine, 1 something of the file could not be read, 2 no weight file, or wrong usage.
`;

const platform = {
  open: fs.open,
  path,
  inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
};

export const inspect: CliCommand = {
  name: "inspect",
  summary: "Print what the tensors of a weight file are like",
  help: HELP,
  async run(args, io) {
    const options = inspectOptions(args);
    if (options instanceof Error) {
      io.error(`normlens inspect: ${options.message}\n\n${HELP}`);
      return 2;
    }
    try {
      const { file, against, isJson } = options;
      return against === undefined
        ? await inspectFile(file, isJson, io)
        : await compare({ file, against, isJson }, io);
    } catch (error) {
      if (io.signal.aborted) {
        io.error("normlens inspect: stopped\n");
        return 2;
      }
      io.error(`normlens inspect: ${error instanceof Error ? error.message : String(error)}\n`);
      return 2;
    }
  },
};

interface InspectOptions {
  readonly file: string;
  readonly against?: string;
  readonly isJson: boolean;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { against: { type: "string" }, json: { type: "boolean", default: false } },
  });
}

/** An {@link Error} says what is wrong with the arguments. */
function inspectOptions(args: readonly string[]): InspectOptions | Error {
  const parsed = parsedArguments(() => parse(args));
  if (parsed instanceof Error) return parsed;
  const { values, positionals } = parsed;
  const [file, ...rest] = positionals;
  if (file === undefined) return new Error("a file is missing");
  if (rest.length > 0) return new Error(`one file at a time; got also ${rest.join(", ")}`);
  const { against, json: isJson } = values;
  return against === undefined ? { file, isJson } : { file, against, isJson };
}

/** Runs `use` on the file; 2 where it is no weight file. */
async function withWeights(
  file: string,
  io: CommandIo,
  use: (weights: WeightFile) => Promise<number>,
): Promise<number> {
  return withWeightFile(platform, path.resolve(io.cwd, file), async (weights) => {
    if (!("problem" in weights)) return use(weights);
    io.error(`normlens inspect: ${file}: ${printable(weights.problem)}\n`);
    return 2;
  });
}

async function compare(
  { file, against, isJson }: Required<InspectOptions>,
  io: CommandIo,
): Promise<number> {
  return withWeights(file, io, (a) =>
    withWeights(against, io, async (b) => {
      const progress = progressLine(io);
      const compared: ComparedTensor[] = [];
      const watch = { signal: io.signal, onShare: progress.show };
      const kernels = createDifferenceKernels();
      for await (const tensor of compareFiles(kernels, [a.tensors, b.tensors], watch)) {
        compared.push(tensor);
      }
      progress.clear();
      const problems = [...a.problems, ...b.problems.map((problem) => `${against}: ${problem}`)];
      const report = differenceReport({ file, against }, compared, problems);
      const text = isJson
        ? JSON.stringify(report, null, 2)
        : differenceText(report, io.isTerminal ? io.columns : 0);
      io.out(`${text}\n`);
      return report.problems.length === 0 ? 0 : 1;
    }),
  );
}

async function inspectFile(file: string, isJson: boolean, io: CommandIo): Promise<number> {
  return withWeights(file, io, async (weights) => {
    const tensors: ScannedTensor[] = [];
    const problems = [...weights.problems];
    const progress = progressLine(io);
    const scan = scanFile(createScanKernels(), weights.tensors, {
      signal: io.signal,
      onShare: progress.show,
    });
    for await (const scanned of scan) {
      if ("problem" in scanned) problems.push(`\`${scanned.name}\`: ${scanned.problem}`);
      else tensors.push(scanned);
    }
    progress.clear();
    const report = inspectReport(file, weights.format, tensors, problems);
    const text = isJson
      ? JSON.stringify(report, null, 2)
      : inspectText(report, io.isTerminal ? io.columns : 0);
    io.out(`${text}\n`);
    return problems.length === 0 ? 0 : 1;
  });
}

/** Whole per cent on one line of a terminal; nothing in a pipe. */
function progressLine(io: CommandIo) {
  let shown = -1;
  return {
    show(share: number) {
      const percent = Math.floor(share * 100);
      if (!io.isTerminal || percent === shown) return;
      shown = percent;
      io.error(`\rReading ${percent} %`);
    },
    clear() {
      if (shown >= 0) io.error("\r\u001B[2K");
    },
  };
}
