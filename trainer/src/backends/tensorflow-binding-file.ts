import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The compiled binding; the TensorFlow libraries lie in `lib/` beside it. */
const BINDING = "tfjs_binding.node";

/** Levels above this file that may be the root of NormLens: `dist/`, or `trainer/src/backends/`. */
const LEVELS = 4;

/**
 * The binding that `npm run setup:tensorflow` built, or undefined where it never ran.
 *
 * Looked for in NORMLENS_TENSORFLOW_DIR and nowhere else when that is set; else in `.tensorflow/`
 * of NormLens's own folder, then in the user's data folder, which outlives an update.
 */
export function tensorflowBindingFile(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return candidateFolders(environment)
    .map((folder) => path.join(folder, BINDING))
    .find((file) => existsSync(file));
}

function candidateFolders(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const { NORMLENS_TENSORFLOW_DIR: chosen, XDG_DATA_HOME: data } = environment;
  if (chosen !== undefined && chosen !== "") return [path.resolve(chosen)];
  const perUser = data === undefined || data === "" ? path.join(homedir(), ".local/share") : data;
  const root = installationRoot(__dirname);
  return [
    ...(root === undefined ? [] : [path.join(root, ".tensorflow")]),
    path.join(perUser, "normlens", "tensorflow"),
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
