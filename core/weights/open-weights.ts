import type { ByteSource } from "../formats/byte-source.ts";
import { type Inflate, ZipMemberFault, zipEntries } from "../formats/zip-members.ts";
import {
  HEAD_BYTES,
  type WeightFile,
  type WeightFileProblem,
  type WeightFormat,
  type WeightSource,
} from "./weight-file.ts";
import { WEIGHT_FORMATS } from "./weight-formats.generated.ts";

/** A file to open, and how files beside it are found. */
export interface WeightPlace {
  readonly name: string;
  readonly bytes: ByteSource;
  readonly inflate: Inflate;
  sibling(name: string): Promise<ByteSource | undefined>;
}

const ZIP_START = [0x50, 0x4b];

/**
 * The tensors of a weight file, of which only headers are read; what it is its content says.
 *
 * Never executes anything of the file. Rejects only where reading `bytes` does.
 */
export async function openWeights(place: WeightPlace): Promise<WeightFile | WeightFileProblem> {
  try {
    const source = await sourceOf(place);
    if ("problem" in source) return source;
    const format = WEIGHT_FORMATS.find((candidate) => candidate.recognises(source));
    return format === undefined ? unknownFormat() : await format.open(source);
  } catch (error) {
    if (error instanceof ZipMemberFault) return { problem: error.message };
    throw error;
  }
}

async function sourceOf(place: WeightPlace): Promise<WeightSource | WeightFileProblem> {
  const head = await place.bytes.read(0, HEAD_BYTES);
  if (head[0] !== ZIP_START[0] || head[1] !== ZIP_START[1]) return { ...place, head };
  const members = await zipEntries(place.bytes);
  return "problem" in members ? members : { ...place, head, members };
}

function unknownFormat(): WeightFileProblem {
  const known = WEIGHT_FORMATS.map(({ title, endings }: WeightFormat) => {
    return `${title} (${endings.join(", ")})`;
  });
  return { problem: `it is no weight file that is read here: ${known.join("; ")}` };
}
