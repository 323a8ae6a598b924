import type { ArraysData } from "../../../../core/experiment/file-data.ts";
import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import { type ArrayReference, arrayNames } from "./array-files.ts";

/** Where features and target are. */
export interface ArrayRoles {
  readonly features: ArrayReference;
  readonly target?: ArrayReference;
}

const NPY_ENDING = ".npy";

/**
 * What the names in the experiment stand for: an array in the file at `path`, or, with the ending
 * `.npy`, a file of its own. Features that are not named are the array beside the target.
 *
 * @throws {UserError} If that is not one array.
 */
export async function findArrays(data: ArraysData, context: LoadContext): Promise<ArrayRoles> {
  const { path: file } = data;
  const targetName = single(file, "target", data.target);
  const target = targetName === undefined ? undefined : reference(file, targetName);
  if (target === undefined && data.task !== "clustering") {
    throw dataFault(
      file,
      `a ${data.task} needs a target`,
      "Name its array as `target` under `data`",
    );
  }
  const named = single(file, "features", data.features);
  const features =
    named === undefined ? await otherArray(data, targetName, context) : reference(file, named);
  return { features, ...(target === undefined ? {} : { target }) };
}

function reference(file: string, name: string): ArrayReference {
  return name.endsWith(NPY_ENDING) ? { path: name } : { path: file, array: name };
}

async function otherArray(
  { path: file }: ArraysData,
  target: string | undefined,
  context: LoadContext,
): Promise<ArrayReference> {
  const names = await arrayNames(file, context);
  const others = names.filter((name) => name !== target);
  const [only] = others;
  if (only === undefined || others.length > 1) {
    throw dataFault(
      file,
      `it is open which of its arrays are the features: ${names.join(", ")}`,
      "Name one as `features` under `data`",
    );
  }
  return { path: file, ...(only === "" ? {} : { array: only }) };
}

function single(
  file: string,
  key: string,
  names: string | readonly string[] | undefined,
): string | undefined {
  if (names === undefined || typeof names === "string") return names;
  if (names.length === 1) return names[0];
  throw dataFault(
    file,
    `\`${key}\` names ${names.length} arrays`,
    "Name one; it may have several columns",
  );
}
