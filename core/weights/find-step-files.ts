import { unlessMissing } from "../formats/node-file.ts";
import { stepFiles } from "./step-files.ts";

/** What is needed of `node:fs/promises` and `node:path`; the core itself imports nothing of Node. */
export interface NodeFolders {
  readdir(folder: string): Promise<string[]>;
  stat(file: string): Promise<{ isFile(): boolean }>;
  readonly path: {
    basename(path: string): string;
    dirname(path: string): string;
    join(...parts: string[]): string;
  };
}

/** The files of one training, by the number that counts how far it had come. */
export interface TrainingFiles {
  readonly word: string;
  readonly files: readonly { readonly step: number; readonly path: string }[];
}

/** Folders of a training that are looked into for the file's name. */
const MOST_FOLDERS = 10_000;

/**
 * The files of the same training as `file`: beside it, or of the same name in folders beside its own,
 * as `checkpoint-500/model.safetensors` is. `undefined` where there is no other. Rejects where a folder
 * cannot be read.
 */
export async function findStepFiles(
  node: NodeFolders,
  file: string,
): Promise<TrainingFiles | undefined> {
  const { basename, dirname, join } = node.path;
  const folder = dirname(file);
  const beside = stepFiles(basename(file), await node.readdir(folder));
  if (beside !== undefined) {
    const files = beside.steps.map(({ step, name }) => ({ step, path: join(folder, name) }));
    return { word: beside.word, files };
  }
  const top = dirname(folder);
  if (!/\d/.test(basename(folder)) || top === folder) return undefined;
  const folders = stepFiles(basename(folder), await node.readdir(top));
  if (folders === undefined || folders.steps.length > MOST_FOLDERS) return undefined;
  const files: { step: number; path: string }[] = [];
  for (const { step, name } of folders.steps) {
    const path = join(top, name, basename(file));
    if ((await unlessMissing(node.stat(path)))?.isFile() === true) files.push({ step, path });
  }
  return files.length < 2 ? undefined : { word: folders.word, files };
}
