import { allowedBy, type SchemaNode, schemaAt } from "../../../core/experiment/schema-node.ts";
import type { Span } from "../../../core/protocol/span.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { configEntries } from "./config-entries.ts";

export interface ExperimentHover {
  readonly span: Span;
  readonly markdown: string;
}

/** What the schema says about the key or value at `offset` of an experiment file. Total. */
export function experimentHover(text: string, offset: number): ExperimentHover | undefined {
  for (const { path, keySpan, value, isItem } of configEntries(parseYaml(text))) {
    const spans = [...(isItem ? [] : [keySpan]), ...(value?.kind === "scalar" ? [value.span] : [])];
    const span = spans.find(({ start, end }) => start <= offset && offset <= end);
    const node = span === undefined ? undefined : schemaAt(path);
    if (span !== undefined && node !== undefined) return { span, markdown: markdownOf(path, node) };
  }
  return undefined;
}

function markdownOf(path: readonly (string | number)[], node: SchemaNode): string {
  const parts = [
    `**${path.filter((step) => typeof step === "string").join(".")}**`,
    node.description ?? "",
    `Allowed: ${allowedBy(node)}.`,
    node.default === undefined ? "" : `Default: \`${JSON.stringify(node.default)}\`.`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
