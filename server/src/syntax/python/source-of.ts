import type { Span } from "../../../../core/protocol/span.ts";
import type { PythonModule } from "./ast.ts";

/** What a node is written as. */
export function sourceOf({ span }: { readonly span: Span }, { text }: PythonModule): string {
  return text.slice(span.start, span.end);
}
