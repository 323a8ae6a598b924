import { decodeUtf8 } from "../../../../core/formats/utf8.ts";
import { dataFault } from "../../data-fault.ts";

/** Text of a small file, without a byte order mark. @throws {UserError} If it is not UTF-8. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw dataFault(name, "the text is not UTF-8", "Save the file as UTF-8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
