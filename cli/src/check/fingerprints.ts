import { createHash } from "node:crypto";
import type { ReportedFile } from "./check-report.ts";

/**
 * What each finding of a file is recognised by in a later run, in the order of the findings: the
 * rule, the file and the code that is marked. Stays the same when lines are added above it; of
 * equal findings in one file the first, the second and so on are told apart.
 */
export function fingerprints({ path, text, findings }: ReportedFile): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ code, span }) => {
    const marked = text.slice(span.start, span.end).replaceAll(/\s+/g, " ");
    const identity = `${code}\0${path}\0${marked}`;
    const ordinal = counts.get(identity) ?? 0;
    counts.set(identity, ordinal + 1);
    return createHash("sha256").update(`${identity}\0${ordinal}`).digest("hex");
  });
}
