import { type ByteSource, sourceOf } from "../formats/byte-source.ts";
import type { ZipEntry } from "../formats/zip-directory.ts";
import { type Inflate, storedMember, ZipMemberFault, zipMember } from "../formats/zip-members.ts";

/** What is unpacked as a whole lies in memory, so all of it has to fit there. */
const MOST_UNPACKED_BYTES = 1 << 28;

/**
 * Opens members of a ZIP file that are read here and there: where they lie if they are stored, else
 * unpacked when their first bytes are asked for.
 *
 * What it gives throws {@link ZipMemberFault} of members that are damaged, or too large to be unpacked.
 */
export function memberOpener({
  bytes,
  inflate,
}: {
  readonly bytes: ByteSource;
  readonly inflate: Inflate;
}): (entry: ZipEntry) => Promise<ByteSource> {
  let left = MOST_UNPACKED_BYTES;
  return async (entry) => {
    if (entry.method === "stored") return storedMember(bytes, entry);
    const { name, sizeBytes } = entry;
    left -= sizeBytes;
    if (left < 0) {
      throw new ZipMemberFault(
        `\`${name}\` of ${sizeBytes} bytes is packed, and its archive unpacks to more than fits into memory; store it as it is (\`zip -0\`)`,
      );
    }
    let held: Promise<ByteSource> | undefined;
    const whole = () => {
      held ??= zipMember(bytes, entry, inflate).read(0, sizeBytes).then(sourceOf);
      return held;
    };
    return { sizeBytes, read: async (start, end) => (await whole()).read(start, end) };
  };
}
