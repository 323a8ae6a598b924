import { languageOf } from "../engine/language-of.ts";
import { deepspeedUsesInConfig } from "./deepspeed-uses.ts";
import { pythonFileUse } from "./python-file-use.ts";
import type { FileUse } from "./workspace-facts.ts";

/** What is kept of one file of the workspace; `undefined` for files that tell nothing. Total. */
export function fileUse(path: string, text: string): FileUse | undefined {
  const language = languageOf(path);
  if (language === undefined || language === "javascript") return undefined;
  if (language === "python") return pythonFileUse(path, text);
  const deepspeed = deepspeedUsesInConfig(path, text, language);
  return deepspeed.length === 0
    ? undefined
    : {
        path,
        words: undefined,
        imports: undefined,
        use: undefined,
        deepspeed,
        optimizers: [],
        isSpreading: false,
      };
}
