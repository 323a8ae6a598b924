import { parse, parseDocument, stringify } from "yaml";
import { overrideParts } from "../../../core/experiment/override-parts.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";

/**
 * The experiment file of a run with the values that were set for it in their places, comments kept.
 *
 * A trial is one training of its sweep, so its experiment is no sweep.
 *
 * @throws {Error} If the text is no YAML, or has no place for one of the values.
 */
export function experimentAsRun(text: string, record: Pick<RunRecord, "set" | "parent">): string {
  const { set = [], parent } = record;
  if (set.length === 0 && parent === undefined) return text;
  const document = parseDocument(text, { version: "1.2" });
  const [fault] = document.errors;
  if (fault !== undefined) throw fault;
  for (const pair of set) {
    const { path, value } = overrideParts(pair);
    document.setIn(path, document.createNode(parse(value, { version: "1.2" })));
  }
  if (parent !== undefined) document.delete("sweep");
  return document.toString({ lineWidth: 0 });
}

/**
 * Content of {@link experimentAsRun}.
 *
 * @throws {Error} As it does.
 */
export function readExperiment(text: string, record: Pick<RunRecord, "set" | "parent">): unknown {
  return parse(experimentAsRun(text, record), { version: "1.2" });
}

/** A value as YAML in one line, as it stands behind `key=`. */
export function valueText(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}
