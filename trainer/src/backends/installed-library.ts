import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** A native library that a set-up of NormLens puts into a folder of its own. */
export interface NativeLibrary {
  /** The folder is `.<name>/` of NormLens's own, or `normlens/<name>/` of the user's data. */
  readonly name: "tensorflow" | "webgpu";
  /** Environment variable that names another folder. */
  readonly variable: string;
  readonly file: string;
}

/** The binding; the libraries of TensorFlow lie in `lib/` beside it. */
export const TENSORFLOW_BINDING: NativeLibrary = {
  name: "tensorflow",
  variable: "NORMLENS_TENSORFLOW_DIR",
  file: "tfjs_binding.node",
};

export const WEBGPU_LIBRARY: NativeLibrary = {
  name: "webgpu",
  variable: "NORMLENS_WEBGPU_DIR",
  file: "dawn.node",
};

/** Levels above this file that may be the root of NormLens: `dist/`, or `trainer/src/backends/`. */
const LEVELS = 4;

/**
 * Path of a library that was set up, or undefined where that never happened.
 *
 * Looked for in the folder that the library's variable names and nowhere else when that is set; else
 * in NormLens's own folder, then in the user's data folder, which outlives an update.
 */
export function installedLibrary(
  library: NativeLibrary,
  environment: Environment,
): string | undefined {
  return candidateFolders(library, environment)
    .map((folder) => path.join(folder, library.file))
    .find((file) => existsSync(file));
}

function candidateFolders(
  { name, variable }: NativeLibrary,
  environment: Environment,
): readonly string[] {
  const { [variable]: chosen, XDG_DATA_HOME: data } = environment;
  if (chosen !== undefined && chosen !== "") return [path.resolve(chosen)];
  const perUser = data === undefined || data === "" ? path.join(homedir(), ".local/share") : data;
  const root = installationRoot(__dirname);
  return [
    ...(root === undefined ? [] : [path.join(root, `.${name}`)]),
    path.join(perUser, "normlens", name),
  ];
}

/** The nearest folder above whose package.json is NormLens's own; a stranger's is never searched. */
function installationRoot(start: string): string | undefined {
  let folder = start;
  for (let level = 0; level < LEVELS; level++) {
    if (isNormLens(path.join(folder, "package.json"))) return folder;
    folder = path.dirname(folder);
  }
  return undefined;
}

function isNormLens(manifest: string): boolean {
  if (!existsSync(manifest)) return false;
  try {
    const content: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    return (
      typeof content === "object" &&
      content !== null &&
      "name" in content &&
      content.name === "normlens"
    );
  } catch {
    // An unreadable manifest is somebody else's business.
    return false;
  }
}
