import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Transfer } from "../../core/experiment/experiment.ts";
import { decodeSafetensors, type ReadTensor } from "../../core/formats/safetensors.ts";
import { stepOfFileName, type TransferReport } from "../../core/protocol/run-files.ts";
import { matchesGlob } from "./name-glob.ts";
import type { Parameter } from "./parameters.ts";
import { setValues } from "./set-values.ts";
import { systemFault } from "./system-fault.ts";
import { UserError } from "./user-error.ts";

/**
 * Puts the weights of an earlier training into the parameters that have their names and shapes.
 *
 * `from` is a safetensors file, a run folder whose last `weights/step-*.safetensors` is taken, or a
 * folder of run folders, of which the newest counts; relative to `folder`. Numbers of other float types are rounded to binary32.
 *
 * @throws {UserError} If there is no such file, it cannot be read, or nothing in it fits.
 */
export function transferWeights(
  transfer: Transfer,
  parameters: readonly Parameter[],
  folder: string,
): TransferReport {
  const file = weightsFile(path.resolve(folder, transfer.from), transfer.from);
  const found = new Map(readTensors(file).map((one) => [one.name, one]));
  const wanted = (name: string) =>
    matchesGlob(transfer.include, name) &&
    (transfer.exclude === undefined || !matchesGlob(transfer.exclude, name));
  const matched: string[] = [];
  const missed: { name: string; reason: string }[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const given = found.get(name);
    const reason = wanted(name) ? misfit(parameter, given) : "left out by `include` or `exclude`";
    if (reason === undefined && given !== undefined) {
      setValues(parameter.variable, Float32Array.from(given.data, Number));
      matched.push(name);
    } else {
      missed.push({ name, reason: reason ?? "" });
    }
  }
  const names = new Set(parameters.map(({ name }) => name));
  const unused = [...found.keys()].filter((name) => !names.has(name));
  if (matched.length === 0) throw nothingFits(file, parameters, [...found.values()]);
  return { from: file, matched, missed, unused };
}

/** What there is to say of a transfer, a sentence each. */
export function transferNotes({ from, matched, missed, unused }: TransferReport): string[] {
  return [
    `Transferred ${matched.length} of ${matched.length + missed.length} parameters from ${from}: ${matched.join(", ")}`,
    ...missed.map(({ name, reason }) => `Not transferred, ${name}: ${reason}`),
    ...(unused.length === 0 ? [] : [`In the file and not in the model: ${unused.join(", ")}`]),
  ];
}

function weightsFile(place: string, asWritten: string): string {
  if (!existsSync(place)) {
    throw new UserError(
      "transfer-missing",
      `\`transfer.from\`: there is no ${asWritten} (${place})`,
      "Name a run folder or a safetensors file, relative to the experiment file",
    );
  }
  if (!statSync(place).isDirectory()) return place;
  // Names of run folders begin with their time, so the newest is the last.
  const runs = readdirSync(place).sort().toReversed();
  for (const folder of [place, ...runs.map((name) => path.join(place, name))]) {
    const last = lastWeights(path.join(folder, "weights"));
    if (last !== undefined) return last;
  }
  throw new UserError(
    "transfer-empty",
    `\`transfer.from\`: ${place} has no weights/step-*.safetensors`,
    "Name a run folder that has trained, or a safetensors file",
  );
}

function lastWeights(folder: string): string | undefined {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const last = names
    .filter((name) => stepOfFileName(name) !== undefined)
    .sort()
    .at(-1);
  return last === undefined ? undefined : path.join(folder, last);
}

function readTensors(file: string): readonly ReadTensor[] {
  const unreadable = (why: string) =>
    new UserError("transfer-unreadable", `Cannot read ${file}: ${why}`, "Name another file");
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(systemFault(error));
  }
  const contents = decodeSafetensors(bytes);
  if ("tensors" in contents) return contents.tensors;
  throw unreadable(contents.problem);
}

/** Why `given` cannot be put into the parameter. */
function misfit({ variable }: Parameter, given: ReadTensor | undefined): string | undefined {
  if (given === undefined) return "not in the file";
  if (!(given.data instanceof Float32Array || given.data instanceof Float64Array)) {
    return `${given.dtype} in the file, not a float type`;
  }
  const isSame = shapeText(given.shape) === shapeText(variable.shape);
  return isSame
    ? undefined
    : `${shapeText(given.shape)} in the file, ${shapeText(variable.shape)} here`;
}

function nothingFits(
  file: string,
  parameters: readonly Parameter[],
  found: readonly ReadTensor[],
): UserError {
  const list = (items: readonly { readonly name: string; readonly shape: readonly number[] }[]) =>
    items.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(", ");
  const here = parameters.map(({ name, variable }) => ({ name, shape: variable.shape }));
  return new UserError(
    "transfer-nothing",
    `Nothing in ${file} fits the model: it has ${list(found)}; the model has ${list(here)}`,
    "Change `include`, or train a model whose layers have the same names and shapes",
  );
}

const shapeText = (shape: readonly number[]) => `[${shape.join(", ")}]`;
