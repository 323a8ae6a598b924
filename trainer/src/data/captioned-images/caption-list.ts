import { parseJsonLines } from "../../../../core/formats/json-lines.ts";
import { encodeUtf8 } from "../../../../core/formats/utf8.ts";
import { dataFault } from "../../data-fault.ts";
import { decodeText } from "../text/decode-text.ts";

/** A caption of an image; several may be of one. */
export interface Caption {
  /** From the folder of the images. */
  readonly image: string;
  /** Missing where the file has none. */
  readonly text?: string;
  readonly label?: string;
  /** The entry for people: "captions.jsonl:3". */
  readonly place: string;
}

const IMAGE_KEYS = ["image", "file_name", "image_path"];
const TEXT_KEYS = ["caption", "text"];
const LABEL_KEYS = ["label", "class", "category"];

/**
 * Captions of a file: JSON lines with `image` (or `file_name`) and `caption` (or `text`), perhaps
 * `label`; or one JSON object with `images` and `annotations` as COCO has them.
 *
 * @throws {UserError} If it is neither, or an entry lacks what it needs; it names the line or entry.
 * @see https://cocodataset.org/#format-data, "Image Captioning".
 */
export function captionList(bytes: Uint8Array, name: string): readonly Caption[] {
  const text = decodeText(bytes, name);
  const whole = wholeObject(text);
  if (whole !== undefined && "images" in whole) return cocoCaptions(whole, name);
  const { values, problems } = parseJsonLines(encodeUtf8(text.endsWith("\n") ? text : `${text}\n`));
  const [problem] = problems;
  if (problem !== undefined) {
    throw dataFault(
      `${name}:${problem.line}`,
      `the line is no JSON: ${problem.message}`,
      "Correct the line",
    );
  }
  if (values.length === 0) throw dataFault(name, "it has no captions", "Give a file with captions");
  return values.map(({ line, value }) => lineCaption(value, `${name}:${line}`));
}

/** COCO files are one object; those of JSON lines only if they have one line. */
function wholeObject(text: string): object | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    // More than one line of JSON is no JSON as a whole.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function lineCaption(value: unknown, place: string): Caption {
  const fields = fieldsOf(value);
  const image = firstText(fields, IMAGE_KEYS);
  if (image === undefined) {
    throw dataFault(place, "it names no image", `Give each line one of ${IMAGE_KEYS.join(", ")}`);
  }
  const text = firstText(fields, TEXT_KEYS);
  const label = firstText(fields, LABEL_KEYS);
  return {
    image,
    place,
    ...(text === undefined ? {} : { text }),
    ...(label === undefined ? {} : { label }),
  };
}

function cocoCaptions(whole: object, name: string): readonly Caption[] {
  const fields = fieldsOf(whole);
  const names = new Map<unknown, string>();
  for (const [index, image] of listOf(fields.get("images"), name, "images").entries()) {
    const entry = fieldsOf(image);
    const file = entry.get("file_name");
    if (typeof file !== "string") {
      throw dataFault(`${name}, images[${index}]`, "it has no file_name", "Correct the entry");
    }
    names.set(entry.get("id"), file);
  }
  return listOf(fields.get("annotations"), name, "annotations").map((annotation, index) => {
    const place = `${name}, annotations[${index}]`;
    const entry = fieldsOf(annotation);
    const image = names.get(entry.get("image_id"));
    if (image === undefined) {
      const id = JSON.stringify(entry.get("image_id")) ?? "missing";
      throw dataFault(place, `its image_id ${id} is none of \`images\``, "Correct the entry");
    }
    const text = firstText(entry, TEXT_KEYS);
    return { image, place, ...(text === undefined ? {} : { text }) };
  });
}

function listOf(value: unknown, name: string, key: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw dataFault(name, `it has no list \`${key}\``, "Give a file of captions as COCO has them");
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function firstText(
  fields: ReadonlyMap<string, unknown>,
  keys: readonly string[],
): string | undefined {
  for (const key of keys) {
    const value = fields.get(key);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    if (typeof value === "number") return String(value);
  }
  return undefined;
}
