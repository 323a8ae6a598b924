import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { PanelState } from "../store/panel-state.ts";
import { vectorCount } from "./embedding-count.ts";
import { formatCount, formatPercent } from "./number-format.ts";
import type { ShownPicture } from "./points/shown-picture.ts";

/** What lies along the axes, in the corner of the plot. */
export function axisWords({ explained }: ShownPicture): string {
  if (explained === undefined) return "UMAP: near is alike, far says little";
  const [first, second] = explained;
  return `PC 1 ${formatPercent(first, 0)}, PC 2 ${formatPercent(second, 0)} of variance`;
}

/** How far a picture has come; empty when it is done. */
export function progressWords({ state }: ShownPicture, method: string): string {
  if (state.type === "done") return "";
  if (state.type === "refused") return `No ${method}: ${state.reason}`;
  return `${method} ${formatPercent(state.share, 0)}`;
}

/** What the scrubber says of a step whose picture is not the one that is shown. */
export function waitingWords(step: number, unreadStep: number | undefined): string {
  return step === unreadStep ? "cannot be read" : "loading";
}

/** How far the reading of a step has come. */
export function readingWords({ step, share }: NonNullable<PanelState["reading"]>): string {
  return `Reading step ${formatCount(step)}, ${formatPercent(share, 0)}`;
}

/** The plot in words, and what keys do in it. */
export function scatterSummary(
  view: EmbeddingView,
  picture: ShownPicture,
  classes: number,
  hiddenModalities: readonly string[],
): string {
  const modalities = picture.clouds.map((cloud) => `${cloud.rows.length} ${cloud.modality}`);
  return [
    `Scatter of ${vectorCount(view, picture, hiddenModalities)} (${modalities.join(", ")}),`,
    `${axisWords(picture)}, ${classes} classes.`,
    "Arrow keys go from item to item, Enter selects one, Control A all in sight, Escape none;",
    "plus, minus and 0 magnify, Shift with arrows moves.",
  ].join(" ");
}
