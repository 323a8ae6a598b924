import { statSync } from "node:fs";
import type { Span } from "../../../core/protocol/span.ts";
import { isNotebook, languageOf } from "../engine/language-of.ts";
import { parse } from "../engine/parse.ts";
import { withCells } from "../layers/cell-definitions.ts";
import { type LayerRoot, layerRoots } from "../layers/layer-roots.ts";
import { rememberProgram } from "../project/imported-definition.ts";
import { NO_PROJECT, type PythonSource } from "../project/project-facts.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import { type CodePlace, type CodeSource, codeFile, notebookCode } from "./code-source.ts";
import { pythonModules } from "./python-modules.ts";
import { readSourceNow } from "./read-source.ts";
import { walkFiles } from "./walk-files.ts";

/** Code as an editor has it open. */
export interface OpenCode extends CodeSource {
  /** Changes with the text and with the places. */
  readonly state: string;
}

/** What a reading of the workspace asks of the one who wants it. */
export interface LayerReading {
  readonly folders: readonly string[];
  /** Code that an editor has open, by path. */
  readonly open: ReadonlyMap<string, OpenCode>;
  isCancelled(): boolean;
  /** Told now and then, `fraction` 0..1 of the work is done. */
  onProgress(fraction: number): void;
}

/** The models that the code of a workspace makes, read when first asked for; later what has changed is. */
export interface LayerDocuments {
  read(reading: LayerReading): Promise<LayerCode>;
}

export interface LayerCode {
  readonly roots: readonly LayerRoot[];
  placeOf(path: string, span: Span): CodePlace | undefined;
}

/** Time of the file, or the state of what an editor has. */
type State = number | string;

interface Known {
  readonly state: State;
  readonly source: CodeSource;
  /** `undefined` for code that makes no models. */
  readonly program: PythonProgram | undefined;
}

/** Files that make models name one of these. */
const SIGNS = /torch|keras|tensorflow|\btf\./;
/** A file that appeared later than that is not seen by a pointer that rests on a line. */
const WALK_MS = 3000;
/** The process answers others after so much work in one go. */
const TURN_MS = 30;

/** Of the time that a first look at a workspace takes; the rest goes to finding models. */
const READING_SHARE = 0.5;
/** A notebook that was never saved is in no folder. */
const UNSAVED = /^untitled:.*\.ipynb$/i;

export function layerDocuments(): LayerDocuments {
  const known = new Map<string, Known>();
  const modules = new Map<string, PythonSource>();
  const filesIn = rememberedFiles();
  let roots: readonly LayerRoot[] | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Files that `known` does not hold in their present state, which is told with them. */
  function changesIn({ folders, open }: LayerReading): readonly (readonly [string, State])[] {
    const unsaved = [...open.keys()].filter((file) => UNSAVED.test(file));
    const states = new Map(
      [...filesIn(folders), ...unsaved].map((file) => [
        file,
        open.get(file)?.state ?? timeOf(file),
      ]),
    );
    for (const file of [...known.keys()].filter((file) => !states.has(file))) {
      known.delete(file);
      roots = undefined;
    }
    return [...states].filter(([file, state]) => known.get(file)?.state !== state);
  }

  /** Reads what has changed, as far as it gets; what was read is kept. */
  async function renew(reading: LayerReading, rest: () => Promise<boolean>): Promise<void> {
    const changes = changesIn(reading);
    if (changes.length > 0) roots = undefined;
    for (const [index, [file, state]] of changes.entries()) {
      if (reading.isCancelled()) return;
      known.set(file, knownOf(file, state, reading.open.get(file)));
      if (await rest()) reading.onProgress(((index + 1) / changes.length) * READING_SHARE);
    }
    roots ??= await rootsNow(reading, rest);
  }

  /** Of all programs, since what one imports from another may have changed. */
  async function rootsNow(
    { open, isCancelled, onProgress }: LayerReading,
    rest: () => Promise<boolean>,
  ): Promise<readonly LayerRoot[] | undefined> {
    const parsed = (path: string) => known.get(path);
    const project = { ...NO_PROJECT, pythonModule: rememberedModules(modules, open, parsed) };
    const found: LayerRoot[] = [];
    let done = 0;
    for (const [path, { program }] of known) {
      if (isCancelled()) return undefined;
      if (program !== undefined) found.push(...layerRoots({ program, path, project }));
      done += 1;
      if (await rest()) onProgress(READING_SHARE + (1 - READING_SHARE) * (done / known.size));
    }
    return found;
  }

  async function read(reading: LayerReading): Promise<LayerCode> {
    await renew(reading, resting());
    return {
      roots: roots ?? [],
      placeOf(path, span) {
        const source = known.get(path)?.source ?? reading.open.get(path) ?? sourceOf(path);
        return source.placeOf(span);
      },
    };
  }

  return {
    // One after the other: they share what is known.
    read(reading) {
      const result = last.then(() => read(reading));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** Walks the folders again after {@link WALK_MS}. */
function rememberedFiles(): (folders: readonly string[]) => readonly string[] {
  let walked: { readonly key: string; readonly files: readonly string[]; readonly at: number } = {
    key: "",
    files: [],
    at: -Infinity,
  };
  return (folders) => {
    const key = folders.join("\n");
    if (walked.key !== key || performance.now() - walked.at > WALK_MS) {
      walked = { key, files: codeFiles(folders), at: performance.now() };
    }
    return walked.files;
  };
}

function codeFiles(folders: readonly string[]): readonly string[] {
  return [...walkFiles(folders)].flatMap(({ kind, path }) => {
    const language = codeLanguageOf(path);
    return kind === "file" && language !== undefined ? [path] : [];
  });
}

function codeLanguageOf(path: string): "python" | "javascript" | undefined {
  const language = isNotebook(path) ? "python" : languageOf(path);
  return language === "python" || language === "javascript" ? language : undefined;
}

/** Lets others have their turn once in {@link TURN_MS}; true where it did. */
function resting(): () => Promise<boolean> {
  let rested = performance.now();
  return async () => {
    if (performance.now() - rested < TURN_MS) return false;
    await new Promise((resolve) => setImmediate(resolve));
    rested = performance.now();
    return true;
  };
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const NO_CODE: CodeSource = { text: "", placeOf: () => undefined };

/** The file as it lies on disk; without code where it is gone, no text or makes no models. */
function sourceOf(path: string): CodeSource {
  const text = readSourceNow(path)?.text ?? "";
  // A notebook is taken apart only where there may be something in it.
  if (!SIGNS.test(text)) return NO_CODE;
  return isNotebook(path) ? notebookCode(path, text) : codeFile(path, text);
}

function knownOf(path: string, state: State, open: OpenCode | undefined): Known {
  const source = open ?? sourceOf(path);
  const { text } = source;
  const language = codeLanguageOf(path);
  const isRead =
    language !== undefined && SIGNS.test(text) && (language === "python" || isTensorFlowCode(text));
  if (!isRead) return { state, source: NO_CODE, program: undefined };
  const syntax = parse({ path, language, text, project: NO_PROJECT });
  const whole = "program" in syntax ? syntax.program : undefined;
  const { cellOf } = source;
  const program = whole && cellOf ? withCells(whole, cellOf) : whole;
  return { state, source, program };
}

/** Modules as `pythonModules` finds them, each looked for once; what an editor has open counts. */
function rememberedModules(
  sources: Map<string, PythonSource>,
  open: ReadonlyMap<string, OpenCode>,
  parsed: (path: string) => Known | undefined,
) {
  const find = pythonModules();
  const found = new Map<string, PythonSource | undefined>();
  const own = ({ path, text: onDisk }: PythonSource): PythonSource => {
    const text = open.get(path)?.text ?? onDisk;
    const before = sources.get(path);
    // The same object where nothing has changed: its parse is kept with it.
    if (before?.text === text) return before;
    const source = { path, text };
    sources.set(path, source);
    const { program, source: read } = parsed(path) ?? {};
    if (program !== undefined && read?.text === text) rememberProgram(source, program);
    return source;
  };
  return (module: string, from: string): PythonSource | undefined => {
    const key = `${module} ${from}`;
    if (found.has(key)) return found.get(key);
    const source = find(module, from);
    const result = source && own(source);
    found.set(key, result);
    return result;
  };
}
