import { pythonProgram } from "../semantics/resolve.ts";
import { parsePython } from "../syntax/python/parse.ts";
import { bareOptimizers } from "./bare-optimizers.ts";
import { deepspeedUsesInPython, mayUseDeepspeed } from "./deepspeed-uses.ts";
import { pythonConfigUse, YACS_METHODS } from "./python-config-use.ts";
import { hasWord, type Words, wordsIn } from "./words-in.ts";
import type { FileUse } from "./workspace-facts.ts";

/** Words without which a file loads no config. */
const LOADER_SIGNS = ["yaml", "omegaconf", "hydra", ...YACS_METHODS];

/** Usual names of what was loaded; a cast of anything else says nothing about a config. */
const HOLDERS: ReadonlySet<string> = new Set(
  ["args", "cfg", "conf", "config", "hparams", "hyp", "opt", "params", "settings"].flatMap(
    (holder) => [holder, `${holder}s`],
  ),
);

/** What one Python file does with configs; parses it only where words hint at any. Total. */
export function pythonFileUse(path: string, text: string): FileUse {
  const words = wordsIn(text);
  const isLoading = hasAny(words, LOADER_SIGNS);
  const isOfInterest = isLoading || (hasWord(words, "float") && mayCast(text));
  const hasDeepspeed = mayUseDeepspeed(text) && hasWord(words, "TrainingArguments");
  const mayBeBare = OPTIMIZERS.some((name) => hasWord(words, name)) && !hasAny(words, DECAYS);
  const program =
    isOfInterest || hasDeepspeed || mayBeBare ? pythonProgram(parsePython(text)) : undefined;
  return {
    path,
    words,
    imports: wordsIn(importLines(text)),
    use: program !== undefined && isOfInterest ? pythonConfigUse(program) : undefined,
    deepspeed: program !== undefined && hasDeepspeed ? deepspeedUsesInPython(path, program) : [],
    optimizers: program !== undefined && mayBeBare ? bareOptimizers(path, program) : [],
    isSpreading: hasAny(words, SPREADING) || SPLATS.some((splat) => text.includes(splat)),
  };
}

const hasAny = (words: Words, sought: readonly string[]) =>
  sought.some((word) => hasWord(words, word));

/** Classes whose weight decay is off or small unless it is given. */
const OPTIMIZERS = ["Adam", "AdamW", "SGD", "RMSprop", "Adagrad", "adam", "adamw", "sgd", "lion"];
const DECAYS = ["weight_decay", "wd", "kernel_regularizer", "add_decayed_weights", "decay"];
/** Words of code that reads all values of a config. */
const SPREADING = [
  "HfArgumentParser",
  "__dict__",
  "asdict",
  "astuple",
  "globals",
  "instantiate",
  "vars",
];
const SPLATS = [...HOLDERS].map((holder) => `**${holder}`);

const IMPORT = /^[ \t]*(?:from|import)[ \t].*$/gm;

/** Only to know which files may import which: a line of a text that looks like an import counts. */
function importLines(text: string): string {
  return (text.match(IMPORT) ?? []).join("\n");
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
