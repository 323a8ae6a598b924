import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import { formatDuration, formatStarted } from "./duration-format.ts";
import { formatCount } from "./number-format.ts";

/** A status is always an icon of its own shape and a word, never a colour alone. */
export interface StatusMark {
  readonly icon: string;
  readonly word: string;
  readonly tone: "ok" | "warning" | "error" | "info";
}

export const STATUS_MARKS: Readonly<Record<RunHeader["status"], StatusMark>> = {
  running: { icon: "loading", word: "Running", tone: "info" },
  finished: { icon: "check", word: "Finished", tone: "ok" },
  failed: { icon: "error", word: "Failed", tone: "error" },
  cancelled: { icon: "circle-slash", word: "Cancelled", tone: "warning" },
  lost: { icon: "debug-disconnect", word: "Lost", tone: "warning" },
};

/** What happened to a run that did not finish, and what is left of it. */
export interface RunNotice {
  readonly tone: "info" | "warning" | "error";
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
}

/** `silentMs` counts to now; `step` is the last that was written. */
export function runNotice(
  header: RunHeader,
  step: number | undefined,
  silentMs: number,
): RunNotice | undefined {
  const kept =
    step === undefined
      ? "No step was written."
      : `Everything up to step ${formatCount(step)} is kept and shown.`;
  switch (header.status) {
    case "failed":
      return {
        tone: "error",
        icon: "error",
        title: header.error?.message ?? "The run failed without a message.",
        detail: header.error?.where === undefined ? kept : `${header.error.where}. ${kept}`,
      };
    case "lost":
      return {
        tone: "warning",
        icon: "debug-disconnect",
        title: "The process of this run is gone.",
        detail: `Nothing was written for ${formatDuration(silentMs / 1000)} and the process no longer exists. ${kept}`,
      };
    case "cancelled":
      return {
        tone: "info",
        icon: "circle-slash",
        title: `The run was stopped${stepOfTotal(step, header.stepsTotal)}.`,
        detail: `${endOf(header)}${kept}`,
      };
    default:
      return undefined;
  }
}

function stepOfTotal(step: number | undefined, total: number): string {
  if (step === undefined) return " before the first step";
  return ` at step ${formatCount(step)}${total > 0 ? ` of ${formatCount(total)}` : ""}`;
}

/** Empty where the record does not say when the run ended. */
function endOf({ started, ended }: RunHeader): string {
  if (ended === undefined) return "";
  const seconds = (Date.parse(ended) - Date.parse(started)) / 1000;
  const after = Number.isFinite(seconds) ? `, after ${formatDuration(seconds)}` : "";
  return `It ended ${formatStarted(ended)}${after}. `;
}

/** Seconds without a line after which a live run is said to be quiet. */
const QUIET_SECONDS = 10;

/** "Live, 0.4 s ago" while lines come, "Quiet, 24 s" when they have stopped coming. */
export function liveness(silentMs: number): { readonly isQuiet: boolean; readonly age: string } {
  const seconds = Math.max(0, silentMs / 1000);
  return seconds > QUIET_SECONDS
    ? { isQuiet: true, age: formatDuration(seconds) }
    : { isQuiet: false, age: `${formatDuration(seconds)} ago` };
}
