import fs from "node:fs/promises";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import { withWeightFile } from "../../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";
import { type ScannedTensor, scanFile } from "../../../core/weights/scan/scan-file.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { inspectReport, inspectText } from "../inspect/inspect-report.ts";

const HELP = `Usage: normlens inspect FILE [--json]

Reads every tensor of a weight file once and prints what its values are like: exact zeros, norms, the
largest magnitude, NaN and infinity. Reads .safetensors (and .safetensors.index.json), .npy, .npz,
PyTorch's .pt, .pth and .ckpt, HDF5's .h5, Keras' .keras, .onnx, and TensorFlow.js' model.json.
Nothing in the file is executed.

  --json   {"file", "format", "tensors": [{name, shape, dtype, count, zeros, l1, l2, max_abs,
           non_finite}], "problems": [text]}

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
    const isJson = args.includes("--json");
    const rest = args.filter((arg) => arg !== "--json");
    const unknown = rest.find((arg) => arg.startsWith("-"));
    const [file, second] = rest;
    if (unknown !== undefined || file === undefined || second !== undefined) {
      const what = unknown ?? second;
      const fault = what === undefined ? "a file is missing" : `${what} is not understood`;
      io.error(`normlens inspect: ${fault}\n\n${HELP}`);
      return 2;
    }
    try {
      return await inspectFile(file, isJson, io);
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

async function inspectFile(file: string, isJson: boolean, io: CommandIo): Promise<number> {
  return withWeightFile(platform, path.resolve(io.cwd, file), async (weights) => {
    if ("problem" in weights) {
      io.error(`normlens inspect: ${file}: ${weights.problem}\n`);
      return 2;
    }
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
