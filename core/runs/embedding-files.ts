import { parseJsonLines } from "../formats/json-lines.ts";
import { decodeSafetensors } from "../formats/safetensors.ts";
import type { EmbeddingView } from "../protocol/panel/embeddings.ts";
import { parseItemLine } from "../protocol/parse-run-files.ts";
import { type ItemLine, RUN_FILES, stepFileName, stepOfFileName } from "../protocol/run-files.ts";
import { type EmbeddingSnapshot, embeddingView, type TellShare } from "./embedding-view.ts";
import { type ModalityVectors, modalityVectors } from "./modality-vectors.ts";
import { type RunFileSystem, readWhole } from "./run-file-system.ts";

const FOLDER = "embeddings";
const MAX_BYTES = 256 * 1024 * 1024;

/** A snapshot, with what the run's other files say about it. */
export type SnapshotPlace = Pick<EmbeddingSnapshot, "step" | "epoch" | "modalities">;

interface EmbeddingSource {
  readonly files: RunFileSystem;
  readonly folder: string;
  readonly tell?: TellShare;
}

/** Steps whose embeddings are stored, ascending. */
export async function embeddingSteps(files: RunFileSystem, folder: string): Promise<number[]> {
  const entries = await files.entries(`${folder}/${FOLDER}`);
  return entries
    .map((entry) => stepOfFileName(entry.name))
    .filter((step) => step !== undefined)
    .sort((a, b) => a - b);
}

/**
 * View of the embeddings at a step; a text says why there is none.
 *
 * `problems` are those of the items and thumbnails, without which the points can still be shown.
 */
export async function readEmbeddingView(
  { files, folder, tell }: EmbeddingSource,
  at: SnapshotPlace,
): Promise<{ readonly view: EmbeddingView | string; readonly problems: readonly string[] }> {
  const name = `${FOLDER}/${stepFileName(at.step)}`;
  const tensors = await readTensors(files, folder, name);
  if (typeof tensors === "string") return { view: tensors, problems: [] };
  if (tensors === undefined) return { view: `${name} is missing`, problems: [] };

  const items = await readItems(files, folder);
  const thumbnails = await readThumbnails(files, folder);
  const view = embeddingView(
    {
      ...at,
      tensors,
      items: items.items,
      ...(typeof thumbnails === "object" ? { thumbnails } : {}),
    },
    tell,
  );
  return {
    view: typeof view === "string" ? `${name}: ${view}` : view,
    problems: [...items.problems, ...(typeof thumbnails === "string" ? [thumbnails] : [])],
  };
}

/** Vectors of all modalities at a step, those named in `order` first; a text says why there are none. */
export async function readModalityVectors(
  files: RunFileSystem,
  folder: string,
  { step, order }: { readonly step: number; readonly order: readonly string[] },
): Promise<ModalityVectors[] | string> {
  const name = `${FOLDER}/${stepFileName(step)}`;
  const tensors = await readTensors(files, folder, name);
  if (tensors === undefined) return `${name} is missing`;
  if (typeof tensors === "string") return tensors;
  const vectors = modalityVectors(tensors, order);
  return typeof vectors === "string" ? `${name}: ${vectors}` : vectors;
}

async function readTensors(files: RunFileSystem, folder: string, name: string) {
  const bytes = await readWhole(files, `${folder}/${name}`, MAX_BYTES);
  if (bytes === undefined) return undefined;
  if (typeof bytes === "string") return `${name} has ${bytes}`;
  const decoded = decodeSafetensors(bytes);
  return "problem" in decoded ? `${name}: ${decoded.problem}` : decoded.tensors;
}

async function readItems(files: RunFileSystem, folder: string) {
  const name = RUN_FILES.items;
  const bytes = await readWhole(files, `${folder}/${name}`, MAX_BYTES);
  if (bytes === undefined) return { items: [], problems: [] };
  if (typeof bytes === "string") return { items: [], problems: [`${name} has ${bytes}`] };
  const parsed = parseJsonLines(bytes);
  const items: ItemLine[] = [];
  const problems = parsed.problems.map(({ line, message }) => `${name} line ${line}: ${message}`);
  for (const { line, value } of parsed.values) {
    const item = parseItemLine(value);
    if (typeof item === "string") problems.push(`${name} line ${line}: ${item}`);
    else items.push(item);
  }
  return { items, problems };
}

/** `undefined` where the run stored none. */
async function readThumbnails(
  files: RunFileSystem,
  folder: string,
): Promise<EmbeddingView["thumbnails"] | string> {
  const tensors = await readTensors(files, folder, RUN_FILES.thumbnails);
  if (tensors === undefined || typeof tensors === "string") return tensors;
  const image = tensors.find(({ name }) => name === "image");
  const [, height = 0, width = 0, channels] = image?.shape ?? [];
  const isRgb = image?.dtype === "U8" && image.shape.length === 4 && channels === 3;
  if (!isRgb || image.data.length === 0) {
    return `${RUN_FILES.thumbnails} holds no uint8 "image" in shape [rows, height, width, 3]`;
  }
  return { width, height, rgb: image.data };
}
