import path from "node:path";
import { nearestWord } from "../../../../core/text/edit-distance.ts";
import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import { withBytes } from "../files/open-bytes.ts";
import { openArrays } from "./open-arrays.ts";
import { type RowRequest, readRows, readTexts, widthOf } from "./read-rows.ts";
import type { StoredArray } from "./stored-array.ts";

/** An array of the experiment: a file, and which one of its arrays where it has several. */
export interface ArrayReference {
  readonly path: string;
  readonly array?: string;
}

/** What is known of an array before it is read. */
export interface ArrayFacts {
  /** For people: file and name. */
  readonly place: string;
  readonly rows: number;
  readonly width: number;
  readonly shape: readonly number[];
  readonly isText: boolean;
  readonly dtype: string;
}

/** Names of the arrays in a file; one empty name for a `.npy`. @throws {UserError} */
export function arrayNames(file: string, { folder }: LoadContext): Promise<readonly string[]> {
  return withBytes({ path: path.resolve(folder, file), name: file }, async (bytes) =>
    (await openArrays(bytes, file)).map(({ name }) => name),
  );
}

/** @throws {UserError} If there is no such array. */
export function describeArray(
  reference: ArrayReference,
  context: LoadContext,
): Promise<ArrayFacts> {
  return withArray(reference, context, (array, place) => Promise.resolve(factsOf(array, place)));
}

/** Rows of an array as numbers, row-major. @throws {UserError} If they cannot be read as such. */
export function numbersOf(
  reference: ArrayReference,
  rows: Int32Array,
  context: LoadContext,
): Promise<Float64Array> {
  return withArray(reference, context, (array, place) => {
    if (array.isText) {
      throw dataFault(place, `it holds texts (${array.dtype})`, "Give an array of numbers");
    }
    return readRows(array, requestOf(place, rows, context));
  });
}

/** Rows of an array as texts: texts as they are, numbers in JavaScript's form. @throws {UserError} */
export function textsOf(
  reference: ArrayReference,
  rows: Int32Array,
  context: LoadContext,
): Promise<readonly string[]> {
  return withArray(reference, context, async (array, place) => {
    const request = requestOf(place, rows, context);
    return array.isText
      ? await readTexts(array, request)
      : Array.from(await readRows(array, request), String);
  });
}

function requestOf(place: string, rows: Int32Array, { signal }: LoadContext): RowRequest {
  return { rows, place, signal };
}

function factsOf(array: StoredArray, place: string): ArrayFacts {
  const { shape, isText, dtype } = array;
  const [rows] = shape;
  if (rows === undefined) {
    throw dataFault(place, "it is a single value", "Give an array with one row for each sample");
  }
  return { place, rows, width: widthOf(array), shape, isText, dtype };
}

function withArray<Value>(
  { path: file, array: wanted }: ArrayReference,
  { folder }: LoadContext,
  use: (array: StoredArray, place: string) => Promise<Value>,
): Promise<Value> {
  return withBytes({ path: path.resolve(folder, file), name: file }, async (bytes) => {
    const arrays = await openArrays(bytes, file);
    const array = chooseArray(file, arrays, wanted);
    return use(array, array.name === "" ? file : `${file}, array \`${array.name}\``);
  });
}

function chooseArray(
  file: string,
  arrays: readonly StoredArray[],
  wanted: string | undefined,
): StoredArray {
  const [first] = arrays;
  if (first === undefined) throw dataFault(file, "it holds no array", "Give a file with arrays");
  const isOnly = arrays.length === 1;
  if (isOnly && (wanted === undefined || first.name === "")) return first;
  const listed = arrays.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join("; ");
  if (wanted === undefined) {
    throw dataFault(file, "it holds several arrays", `Name one of ${listed}`);
  }
  const found = arrays.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const near = nearestWord(
    wanted,
    arrays.map(({ name }) => name),
  );
  throw dataFault(
    file,
    `there is no array \`${wanted}\``,
    near === undefined ? `There are ${listed}` : `Perhaps it is \`${near}\``,
  );
}
