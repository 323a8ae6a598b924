import { statSync } from "node:fs";
import { languageOf } from "../engine/language-of.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { parse } from "../engine/parse.ts";
import { type LayerRoot, layerRoots } from "../layers/layer-roots.ts";
import { NO_PROJECT, type PythonSource } from "../project/project-facts.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import { pythonModules } from "./python-modules.ts";
import { readSourceNow } from "./read-source.ts";
import { walkFiles } from "./walk-files.ts";

/** The models that the code of a workspace makes, read when first asked for, and again where it changed. */
export interface LayerDocuments {
  /** `openText` gives the text of a file that an editor has open. */
  read(
    folders: readonly string[],
    openText: (file: string) => string | undefined,
    isCancelled: () => boolean,
  ): Promise<LayerCode>;
}

export interface LayerCode {
  readonly roots: readonly LayerRoot[];
  /** Lines of a file that a root is in. */
  linesOf(file: string): LineIndex | undefined;
}

interface Known {
  /** Time of the file, or the text that an editor has. */
  readonly state: number | string;
  readonly roots: readonly LayerRoot[];
  readonly text: string;
}

/** Files that make models name one of these. */
const SIGNS = /torch|keras|tensorflow|\btf\./;
/** A file that appeared later than that is not seen by a pointer that rests on a line. */
const WALK_MS = 3000;
/** The process answers others after so much work in one go. */
const TURN_MS = 30;

export function layerDocuments(): LayerDocuments {
  const known = new Map<string, Known>();
  let walked: { readonly key: string; readonly files: readonly string[]; readonly at: number } = {
    key: "",
    files: [],
    at: -Infinity,
  };
  let last: Promise<unknown> = Promise.resolve();
  const filesIn = (folders: readonly string[]): readonly string[] => {
    const key = folders.join("\n");
    if (walked.key !== key || performance.now() - walked.at > WALK_MS) {
      walked = { key, files: codeFiles(folders), at: performance.now() };
    }
    return walked.files;
  };
  const read: LayerDocuments["read"] = async (folders, openText, isCancelled) => {
    let rested = performance.now();
    const rest = async () => {
      if (performance.now() - rested < TURN_MS) return;
      await new Promise((resolve) => setImmediate(resolve));
      rested = performance.now();
    };
    const files = filesIn(folders);
    const states = new Map(files.map((file) => [file, openText(file) ?? timeOf(file)]));
    const changed = files.filter((file) => known.get(file)?.state !== states.get(file));
    const gone = [...known.keys()].filter((file) => !states.has(file));
    if (changed.length > 0 || gone.length > 0) known.clear();
    const project = { ...NO_PROJECT, pythonModule: rememberedModules(openText) };
    for (const file of known.size === 0 ? files : []) {
      if (isCancelled()) break;
      const text = openText(file) ?? readSourceNow(file)?.text ?? "";
      known.set(file, {
        state: states.get(file) ?? 0,
        text,
        roots: rootsOf(file, text, project),
      });
      await rest();
    }
    const roots = [...known.values()].flatMap((document) => document.roots);
    // What was cut short is not taken for the whole next time.
    if (isCancelled()) known.clear();
    const lines = new Map<string, LineIndex>();
    return {
      roots,
      linesOf(file) {
        const text = known.get(file)?.text ?? openText(file) ?? readSourceNow(file)?.text;
        if (text === undefined) return undefined;
        const index = lines.get(file) ?? lineIndex(text);
        lines.set(file, index);
        return index;
      },
    };
  };
  return {
    // One after the other: they share what is known.
    read(folders, openText, isCancelled) {
      const reading = last.then(() => read(folders, openText, isCancelled));
      last = reading.catch(() => undefined);
      return reading;
    },
  };
}

function codeFiles(folders: readonly string[]): readonly string[] {
  return [...walkFiles(folders)].flatMap(({ kind, path }) => {
    const language = languageOf(path);
    return kind === "file" && (language === "python" || language === "javascript") ? [path] : [];
  });
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function rootsOf(path: string, text: string, project: typeof NO_PROJECT): readonly LayerRoot[] {
  const language = languageOf(path);
  if (language === undefined || !SIGNS.test(text)) return [];
  if (language === "javascript" && !isTensorFlowCode(text)) return [];
  const syntax = parse({ path, language, text, project });
  return "program" in syntax ? layerRoots({ program: syntax.program, path, project }) : [];
}

/** Modules as `pythonModules` finds them, each looked for once; what an editor has open counts. */
function rememberedModules(openText: (file: string) => string | undefined) {
  const find = pythonModules();
  const found = new Map<string, PythonSource | undefined>();
  const sources = new Map<string, PythonSource>();
  return (module: string, from: string): PythonSource | undefined => {
    const key = `${module} ${from}`;
    if (found.has(key)) return found.get(key);
    const source = find(module, from);
    const own = source && (sources.get(source.path) ?? asOpen(source, openText));
    if (own !== undefined) sources.set(own.path, own);
    found.set(key, own);
    return own;
  };
}

function asOpen(
  source: PythonSource,
  openText: (file: string) => string | undefined,
): PythonSource {
  const text = openText(source.path);
  return text === undefined ? source : { path: source.path, text };
}
