import { isJsonObject } from "../../core/formats/json-object.ts";
import type { FindingAtLaunch } from "../../core/protocol/run-files.ts";
import type { TrainRequest } from "../../core/protocol/trainer.ts";

/** The request that a launcher passed as JSON, or what is wrong with it. Never throws. */
export function parseTrainRequest(json: string): TrainRequest | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return `Cannot read the request: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isJsonObject(value)) return "The request is not an object";
  const { spec, workspace, backend, set, out, findings, resume, sweep } = value;
  if (typeof spec !== "string") return "The request names no experiment file in `spec`";
  if (typeof workspace !== "string") return "The request names no folder in `workspace`";
  return {
    spec,
    workspace,
    ...(typeof backend === "string" ? { backend } : {}),
    ...(typeof out === "string" ? { out } : {}),
    ...(typeof resume === "string" ? { resume } : {}),
    ...(typeof sweep === "boolean" ? { sweep } : {}),
    ...(Array.isArray(set) ? { set: set.filter((entry) => typeof entry === "string") } : {}),
    ...(Array.isArray(findings) ? { findings: findings.filter(isFinding) } : {}),
  };
}

function isFinding(value: unknown): value is FindingAtLaunch {
  if (!isJsonObject(value)) return false;
  const { code, name, path, message, line } = value;
  return (
    [code, name, path, message].every((part) => typeof part === "string") &&
    typeof line === "number"
  );
}
