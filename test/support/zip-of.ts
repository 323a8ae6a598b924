import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../core/formats/crc32.ts";

/**
 * A ZIP file of members that are deflated, or stored as they are, with what `change` makes of each
 * entry of its directory.
 */
export function zipOf(
  members: Readonly<Record<string, Uint8Array>>,
  change: (entry: Buffer) => void = () => undefined,
  isStored = false,
): Uint8Array {
  const method = isStored ? 0 : 8;
  const parts: Uint8Array[] = [];
  const entries: Buffer[] = [];
  let position = 0;
  for (const [name, content] of Object.entries(members)) {
    const packed = isStored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(position, 42);
    entry.write(name, 46);
    change(entry);
    entries.push(entry);
    parts.push(local, packed);
    position += local.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(position, 16);
  return new Uint8Array(Buffer.concat([...parts, directory, end]));
}
