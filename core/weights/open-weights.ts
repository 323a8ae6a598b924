import type { ByteSource } from "../formats/byte-source.ts";
import { type Inflate, ZipMemberFault, zipEntries } from "../formats/zip-members.ts";
import {
  elementsOf,
  HEAD_BYTES,
  WEIGHT_DTYPES,
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

/**
 * Values that are read of each byte of a file: no packing gets further, and tensors that share their
 * bytes over and over do.
 */
const MOST_VALUES_PER_BYTE = 1032;
const SMALL_BYTES = 1 << 24;
/** Sentences about a file; more are of no use, and would fill the page. */
const MOST_PROBLEMS = 200;
const ZIP_START = [0x50, 0x4b];

/**
 * The tensors of a weight file, of which only headers are read; what it is its content says.
 *
 * Never executes anything of the file. Rejects only where reading `bytes` does.
 */
export async function openWeights(place: WeightPlace): Promise<WeightFile | WeightFileProblem> {
  try {
    let fileBytes = place.bytes.sizeBytes;
    const source = await sourceOf({
      ...place,
      async sibling(name) {
        const bytes = await place.sibling(name);
        fileBytes += bytes?.sizeBytes ?? 0;
        return bytes;
      },
    });
    if ("problem" in source) return source;
    const format = WEIGHT_FORMATS.find((candidate) => candidate.recognises(source));
    if (format === undefined) return unknownFormat();
    const opened = await format.open(source);
    return "problem" in opened ? opened : withinReason(opened, fileBytes);
  } catch (error) {
    if (error instanceof ZipMemberFault) return { problem: error.message };
    throw error;
  }
}

/** Of a file whose tensors cannot all be in it only the first ones are kept. */
function withinReason(file: WeightFile, fileBytes: number): WeightFile {
  let left = SMALL_BYTES + MOST_VALUES_PER_BYTE * fileBytes;
  const tensors = file.tensors.filter(({ shape, dtype }) => {
    left -= elementsOf(shape) * WEIGHT_DTYPES[dtype];
    return left >= 0;
  });
  const lost = file.tensors.length - tensors.length;
  const problems =
    lost === 0
      ? file.problems
      : [`Left out: ${lost} tensors, since all of them cannot be in this file`, ...file.problems];
  const more = problems.length - MOST_PROBLEMS;
  return {
    ...file,
    tensors,
    problems:
      more <= 0 ? problems : [...problems.slice(0, MOST_PROBLEMS), `and ${more} more of the kind`],
  };
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
