import {
  PROJECTION_METHODS,
  type ProjectionKind,
} from "../../../core/protocol/panel/embeddings.ts";

/** What the thread that projects is started with. */
export interface ProjectionJob {
  readonly type: "projection";
  readonly folder: string;
  readonly kind: ProjectionKind;
}

/** Whether the data a thread was started with is a job: the run worker is started without. */
export function isProjectionJob(value: unknown): value is ProjectionJob {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  if (value.type !== "projection" || !("folder" in value) || !("kind" in value)) return false;
  return typeof value.folder === "string" && isKind(value.kind);
}

function isKind(value: unknown): value is ProjectionKind {
  if (typeof value !== "object" || value === null) return false;
  if (!("step" in value && "method" in value && "isGapRemoved" in value)) return false;
  const { step, method, isGapRemoved } = value;
  return (
    typeof step === "number" &&
    PROJECTION_METHODS.some((name) => name === method) &&
    typeof isGapRemoved === "boolean"
  );
}
