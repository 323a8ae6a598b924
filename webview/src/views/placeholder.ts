import type { PanelState } from "../store/panel-state.ts";
import { element } from "../ui/element.ts";
import { progressRing } from "../ui/toolkit.ts";

/** What a tab says before there is anything to show; `what` completes "… appear here". */
export function placeholder(state: PanelState, what: string, when: string): HTMLElement {
  const { header } = state;
  const isWaiting = header === undefined || header.status === "running";
  const heading = header === undefined ? "Opening the run" : `No ${what.toLowerCase()} yet`;
  const text = isWaiting
    ? `${what} appear here as soon as ${when}.`
    : `The run ended before ${when}.`;
  return element(
    "div",
    { className: "placeholder" },
    ...(isWaiting ? [progressRing("Waiting")] : []),
    element("h2", { text: heading }),
    element("p", { text }),
  );
}

/** What a tab says while the first that it can show is being read. */
export function readingPlaceholder(what: string, progress: string): HTMLElement {
  return element(
    "div",
    { className: "placeholder" },
    progressRing("Reading"),
    element("h2", { text: `Reading the ${what}` }),
    element("p", { text: progress }),
  );
}
