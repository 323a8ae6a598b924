import type { ByteSource } from "./byte-source.ts";
import {
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsProblem,
  safetensorsHeaderBytes,
} from "./safetensors-header.ts";

/** Headers of models are kilobytes; a larger one is read in a second step. */
const FIRST_BYTES = 64 * 1024;

/**
 * The header of a safetensors file, of which nothing else is read; one that claims more than there is,
 * or than is reasonable, is not read at all. Rejects only where reading `bytes` does.
 */
export async function readSafetensorsHeader(
  bytes: ByteSource,
): Promise<SafetensorsHeader | SafetensorsProblem> {
  const { sizeBytes } = bytes;
  const first = await bytes.read(0, Math.min(FIRST_BYTES, sizeBytes));
  const length = safetensorsHeaderBytes(first);
  const isAll = typeof length !== "number" || length <= first.length || length > sizeBytes;
  return parseSafetensorsHeader(isAll ? first : await bytes.read(0, length), sizeBytes);
}
