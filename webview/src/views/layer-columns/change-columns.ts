import {
  formatCount,
  formatFixed,
  formatPercent,
  formatShortCount,
  formatSize,
} from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

/** How far the values are from those of the file that this one is compared with. */
export const relativeChangeColumn: LayerColumn = {
  id: "change",
  title: "Change",
  hint: "‖A−B‖₂ / ‖B‖₂, A being this file and B the one it is compared with",
  width: 84,
  rank: 1,
  isOptional: true,
  cell: ({ change, changeNote }) => {
    if (changeNote !== undefined) {
      return { content: changeNote, className: "muted", title: changeNote };
    }
    if (change === undefined) return "";
    const { relative } = change;
    const content = relative === undefined ? "∞" : formatSize(relative);
    return relative === 0 ? { content, className: "muted" } : content;
  },
  sortKey: ({ change, changeNote }) =>
    changeNote ??
    (change === undefined ? undefined : (change.relative ?? Number.POSITIVE_INFINITY)),
};

export const largestChangeColumn: LayerColumn = {
  id: "max-change",
  title: "max |A−B|",
  hint: "Largest change of a single value",
  width: 92,
  rank: 5,
  isOptional: true,
  cell: ({ change }) => (change === undefined ? "" : formatSize(change.maxAbs)),
  sortKey: ({ change }) => change?.maxAbs,
};

export const cosineColumn: LayerColumn = {
  id: "cosine",
  title: "Cosine",
  hint: "Cosine of the angle between the values of both files",
  width: 64,
  rank: 6,
  isOptional: true,
  cell: ({ change }) => (change?.cosine === undefined ? "" : formatFixed(change.cosine, 4)),
  sortKey: ({ change }) => change?.cosine,
};

export const equalColumn: LayerColumn = {
  id: "equal",
  title: "Equal",
  hint: "Share of values that are exactly the same in both files",
  width: 64,
  rank: 2,
  isOptional: true,
  cell: ({ change, count }) =>
    change === undefined || count === 0 ? "" : formatPercent(change.equal / count),
  sortKey: ({ change, count }) => (change === undefined ? undefined : change.equal / count),
};

export const changedZerosColumn: LayerColumn = {
  id: "changed-zeros",
  title: "± Zeros",
  hint: "Values that are zero here and not in the other file, and the other way round",
  width: 112,
  rank: 2,
  isOptional: true,
  cell: ({ change }) => {
    if (change === undefined) return "";
    const { zerosGained, zerosLost } = change;
    const title = `${formatCount(zerosGained)} gained, ${formatCount(zerosLost)} lost`;
    const content = `+${formatShortCount(zerosGained)} −${formatShortCount(zerosLost)}`;
    return zerosGained + zerosLost === 0
      ? { content, title, className: "muted" }
      : { content, title };
  },
  sortKey: ({ change }) =>
    change === undefined ? undefined : change.zerosGained - change.zerosLost,
};
