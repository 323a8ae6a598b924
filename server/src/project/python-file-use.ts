import { pythonProgram } from "../semantics/resolve.ts";
import { parsePython } from "../syntax/python/parse.ts";
import { pythonConfigUse } from "./python-config-use.ts";
import { wordsIn } from "./words-in.ts";
import type { PythonFileUse } from "./workspace-facts.ts";

/** Words without which a file loads no config. */
const LOADER_SIGNS = ["yaml", "omegaconf", "hydra"];

/** Usual names of what was loaded; a cast of anything else says nothing about a config. */
const HOLDERS = ["args", "cfg", "conf", "config", "hparams", "hyp", "opt", "params", "settings"];

/** What one Python file does with configs; parses it only where words hint at any. Total. */
export function pythonFileUse(path: string, text: string): PythonFileUse {
  const words = wordsIn(text);
  const hasAny = (signs: readonly string[]) => signs.some((sign) => words.has(sign));
  const isOfInterest = hasAny(LOADER_SIGNS) || (words.has("float") && hasAny(HOLDERS));
  return {
    path,
    words,
    use: isOfInterest ? pythonConfigUse(pythonProgram(parsePython(text))) : undefined,
  };
}
