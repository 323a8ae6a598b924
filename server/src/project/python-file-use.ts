import { pythonProgram } from "../semantics/resolve.ts";
import { parsePython } from "../syntax/python/parse.ts";
import { pythonConfigUse, YACS_METHODS } from "./python-config-use.ts";
import { hasWord, wordsIn } from "./words-in.ts";
import type { PythonFileUse } from "./workspace-facts.ts";

/** Words without which a file loads no config. */
const LOADER_SIGNS = ["yaml", "omegaconf", "hydra", ...YACS_METHODS];

/** Usual names of what was loaded; a cast of anything else says nothing about a config. */
const HOLDERS: ReadonlySet<string> = new Set(
  ["args", "cfg", "conf", "config", "hparams", "hyp", "opt", "params", "settings"].flatMap(
    (holder) => [holder, `${holder}s`],
  ),
);

/** What one Python file does with configs; parses it only where words hint at any. Total. */
export function pythonFileUse(path: string, text: string): PythonFileUse {
  const words = wordsIn(text);
  const isLoading = LOADER_SIGNS.some((sign) => hasWord(words, sign));
  const isOfInterest = isLoading || (hasWord(words, "float") && mayCast(text));
  return {
    path,
    words,
    use: isOfInterest ? pythonConfigUse(pythonProgram(parsePython(text))) : undefined,
  };
}

const CAST = "float(";
const NO_NAME = /[^\w.]/;

/** Whether some `float(` is followed by dotted names with a usual holder among them. */
function mayCast(text: string): boolean {
  for (let at = text.indexOf(CAST); at >= 0; at = text.indexOf(CAST, at + 1)) {
    const rest = text.slice(at + CAST.length, at + CAST.length + 60);
    const [names = ""] = rest.split(NO_NAME, 1);
    if (names.split(".").some((name) => HOLDERS.has(name))) return true;
  }
  return false;
}
