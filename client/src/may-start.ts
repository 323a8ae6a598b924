import type { Host } from "./host.ts";

/**
 * Whether the workspace may start a process; where it may not, the reader is told why.
 *
 * @param deed What starts one, as the beginning of a sentence: "Training starts a process".
 */
export function mayStart(
  { isTrusted, inform }: Pick<Host, "isTrusted" | "inform">,
  deed: string,
): boolean {
  if (isTrusted()) return true;
  inform(`${deed}, so it needs a trusted workspace.`);
  return false;
}
