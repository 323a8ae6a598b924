import { readFileSync } from "node:fs";
import path from "node:path";
import { decodeSafetensors } from "../../../core/formats/safetensors.ts";
import type { Dense } from "../linear-algebra/products.ts";
import { systemFault } from "../system-fault.ts";
import { UserError } from "../user-error.ts";

/**
 * A matrix that somebody wrote: a text file, one row a line, numbers between commas, semicolons or
 * blanks, `#` starts a comment; or a safetensors file whose only matrix, or `map.weight`, it is.
 *
 * @throws {UserError} If the file cannot be read or holds no matrix; the message names the line.
 */
export function readMatrix(folder: string, name: string): Dense {
  const bytes = readBytes(folder, name);
  return name.endsWith(".safetensors")
    ? fromTensors(bytes, name)
    : fromText(bytes.toString(), name);
}

function readBytes(folder: string, name: string): Buffer {
  try {
    return readFileSync(path.resolve(folder, name));
  } catch (error) {
    throw new UserError(
      "data",
      `Cannot read the matrix ${name}: ${systemFault(error)}`,
      "Check the path; it starts at the folder of the experiment file",
    );
  }
}

function fromText(text: string, name: string): Dense {
  const rows: number[][] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const words = (line.split("#", 1)[0] ?? "").split(/[\s,;]+/).filter((word) => word !== "");
    if (words.length === 0) continue;
    const bad = words.find((word) => !Number.isFinite(Number(word)));
    if (bad !== undefined) throw fault(name, index, `\`${bad}\` is no number`);
    const width = rows[0]?.length ?? words.length;
    if (words.length !== width) {
      throw fault(name, index, `${words.length} numbers where the first row has ${width}`);
    }
    rows.push(words.map(Number));
  }
  if (rows.length === 0) {
    throw new UserError("data", `${name} holds no numbers`, "Write one row of the matrix a line");
  }
  return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

function fault(name: string, index: number, problem: string): UserError {
  return new UserError(
    "data",
    `${name}:${index + 1}: ${problem}`,
    "Write one row of the matrix a line, the numbers between commas",
  );
}

function fromTensors(bytes: Buffer, name: string): Dense {
  const contents = decodeSafetensors(bytes);
  if (!("tensors" in contents)) {
    throw new UserError(
      "data",
      `${name} is no safetensors file`,
      "Write the matrix as text, or as safetensors",
    );
  }
  const matrices = contents.tensors.flatMap(({ name: tensor, shape, data }) =>
    shape.length === 2 && (data instanceof Float32Array || data instanceof Float64Array)
      ? [{ tensor, shape, data }]
      : [],
  );
  const found = matrices.find(({ tensor }) => tensor === "map.weight") ?? matrices[0];
  if (found === undefined || (matrices.length > 1 && found.tensor !== "map.weight")) {
    throw new UserError(
      "data",
      `${name} holds ${matrices.length} matrices of floats, none of them \`map.weight\``,
      "Save a file with the one matrix in it",
    );
  }
  const [rows = 0, columns = 0] = found.shape;
  return { rows, columns, data: Float64Array.from(found.data) };
}
