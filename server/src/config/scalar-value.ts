import type { Scalar } from "../semantics/value.ts";
import type { ConfigNode } from "../syntax/config/config-tree.ts";
import { decimalNumber } from "./pyyaml-number.ts";

/** A scalar as people read it, whoever loads the file; `undefined` for all else. */
export function scalarOf(node: ConfigNode | undefined): Scalar | undefined {
  if (node?.kind !== "scalar") return undefined;
  const { text, style } = node;
  if (style !== "plain") return text;
  const number = decimalNumber(text);
  if (number !== undefined) return number;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return /^(?:null|none|~)$/i.test(text) ? null : text;
}
