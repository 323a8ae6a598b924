import type { ByteSource } from "../formats/byte-source.ts";
import { isJsonObject, parseJsonObject } from "../formats/json-object.ts";
import { decodeUtf8 } from "../formats/utf8.ts";
import type { StoredTensor, WeightFile, WeightFileProblem, WeightSource } from "./weight-file.ts";

const MAX_INDEX_BYTES = 100_000_000;
/** Every part is a file that stays open. */
const MOST_PARTS = 1000;

type OpenPart = (bytes: ByteSource) => Promise<WeightFile | WeightFileProblem>;

/**
 * The tensors of a model in several files, by the index that says which part holds which. Parts that
 * are not there are told, the others are shown.
 */
export async function openPartIndex(
  { bytes, sibling }: Pick<WeightSource, "bytes" | "sibling">,
  format: string,
  openPart: OpenPart,
): Promise<WeightFile | WeightFileProblem> {
  const parts = await readIndex(bytes);
  if ("problem" in parts) return parts;
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  for (const [part, names] of parts.names) {
    const file = await sibling(part);
    const found = file === undefined ? { problem: "it is missing" } : await openPart(file);
    if ("problem" in found) {
      problems.push(`Part \`${part}\` with ${names.size} tensors: ${found.problem}`);
      continue;
    }
    tensors.push(...found.tensors.filter(({ name }) => names.delete(name)));
    problems.push(...found.problems.map((problem) => `Part \`${part}\`: ${problem}`));
    if (names.size > 0) {
      const [first] = names;
      problems.push(`Part \`${part}\` lacks ${names.size} tensors of the index, such as ${first}`);
    }
  }
  return { format, tensors, problems };
}

/** Names of the tensors that each part should hold, by the part's file name. */
async function readIndex(
  bytes: ByteSource,
): Promise<{ readonly names: ReadonlyMap<string, Set<string>> } | WeightFileProblem> {
  if (bytes.sizeBytes > MAX_INDEX_BYTES) {
    return { problem: `its ${bytes.sizeBytes} bytes are no index of a model` };
  }
  const map = weightMap(decodeUtf8(await bytes.read(0, bytes.sizeBytes)) ?? "");
  if (map === undefined) return { problem: "it is no index: it has no `weight_map` of texts" };
  const names = new Map<string, Set<string>>();
  for (const [tensor, part] of map) {
    const known = names.get(part) ?? new Set();
    names.set(part, known.add(tensor));
  }
  return names.size > MOST_PARTS
    ? { problem: `it names ${names.size} parts; more than ${MOST_PARTS} are not opened` }
    : { names };
}

function weightMap(text: string): readonly (readonly [string, string])[] | undefined {
  const { weight_map: map } = parseJsonObject(text) ?? {};
  if (!isJsonObject(map)) return undefined;
  const pairs = Object.entries(map);
  const texts = pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return texts.length === pairs.length ? texts : undefined;
}
