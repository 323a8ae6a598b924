import type { LambdaEdit, LambdaEditParams } from "../../../core/protocol/lsp.ts";
import type {
  ConfigEntry,
  ConfigMapping,
  ConfigNode,
  ConfigTree,
} from "../syntax/config/config-tree.ts";
import { parseYaml } from "../syntax/config/yaml.ts";

/** Significant digits of a λ in a file: the model is the same, and the number can be read. */
const DIGITS = 6;

/**
 * The edit that makes one λ the only one that an experiment file chooses from: `select.lambda`
 * becomes `[λ]`, and everything else stays as it is written.
 *
 * It is refused where the file chooses from other λ than the run did, or where the edit would lose a
 * comment.
 */
export function lambdaEdit({ text, launched, lambda, applied }: LambdaEditParams): LambdaEdit {
  const tree = parseYaml(text);
  if (tree.errors.length > 0) return { refusal: "it is no valid YAML now" };
  const select = selectOf(tree);
  if (select === undefined) return { refusal: "it has no `select` any more" };
  const before = selectOf(parseYaml(launched));
  const entry = lambdaEntry(select);
  const now = writtenForm(entry?.value);
  const isOwn = applied !== undefined && now === `[${asWritten(applied)}]`;
  const wasBefore = before !== undefined && now === writtenForm(lambdaEntry(before)?.value);
  if (!isOwn && !wasBefore) return { refusal: "its `select.lambda` has changed since the run" };
  const newText = `[${asWritten(lambda)}]`;
  if (entry === undefined) return insertion(select, text, newText);
  if (entry.value === undefined) return { refusal: "its `select.lambda` has no value" };
  const span = { start: entry.value.span.start, end: endOf(entry.value, text) };
  const hasComment = tree.comments.some(
    (comment) => comment.span.start >= span.start && comment.span.start < span.end,
  );
  return hasComment
    ? { refusal: "its `select.lambda` has a comment inside, which would be lost" }
    : { ...span, newText };
}

function asWritten(lambda: number): string {
  return String(Number(lambda.toPrecision(DIGITS)));
}

function selectOf({ roots }: ConfigTree): ConfigMapping | undefined {
  const root = roots[0];
  if (root?.kind !== "mapping") return undefined;
  const value = root.entries.find(({ key }) => key === "select")?.value;
  return value?.kind === "mapping" ? value : undefined;
}

function lambdaEntry({ entries }: ConfigMapping): ConfigEntry | undefined {
  return entries.find(({ key }) => key === "lambda");
}

/** The same text for the same values, however they are laid out. */
function writtenForm(node: ConfigNode | undefined): string {
  switch (node?.kind) {
    case "scalar":
      return node.text;
    case "sequence":
      return `[${node.items.map(writtenForm).join(",")}]`;
    case "mapping":
      return `{${node.entries
        .map(({ key, value }) => `${key}:${writtenForm(value)}`)
        .sort()
        .join(",")}}`;
    default:
      return node?.kind ?? "";
  }
}

/** A block ends behind its last value, before the line break that its own range includes. */
function endOf({ span }: ConfigNode, text: string): number {
  return span.start + text.slice(span.start, span.end).trimEnd().length;
}

/** As the first key of `select`, which has none for λ. */
function insertion({ span, entries }: ConfigMapping, text: string, list: string): LambdaEdit {
  const isFlow = text.charAt(span.start) === "{";
  if (isFlow) {
    const start = span.start + 1;
    const newText = entries.length === 0 ? ` lambda: ${list} ` : ` lambda: ${list},`;
    return { start, end: start, newText };
  }
  const line = text.lastIndexOf("\n", span.start - 1) + 1;
  const newText = `lambda: ${list}\n${text.slice(line, span.start)}`;
  return { start: span.start, end: span.start, newText };
}
