import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import { zeroFraction } from "../../layout/layer-table.ts";
import { formatShortCount, formatSigned, formatSize } from "../../layout/number-format.ts";
import {
  type ComparedLayer,
  comparedGroup,
  relativeDistance,
  type WeightComparison,
} from "../../layout/weight-reference.ts";
import type { Cell, LayerColumn } from "./layer-column.ts";
import { nameColumn } from "./name-column.ts";
import { shapeColumn } from "./shape-column.ts";
import { zeroColumnBeside } from "./zero-column.ts";

const MINUS = "\u2212";

interface Compared extends Omit<LayerColumn, "cell" | "sortKey"> {
  readonly numberOf: (row: LayerRow, compared: ComparedLayer) => number | undefined;
  readonly text: (value: number, compared: ComparedLayer) => string;
}

const COMPARED: readonly Compared[] = [
  {
    id: "zero-change",
    title: "Δ zero",
    hint: "Change of the share of exact zeros, in percentage points, against the other run",
    width: 78,
    rank: 0,
    numberOf: (row, { other }) => 100 * (zeroFraction(row) - zeroFraction(other)),
    text: (value) => `${formatSigned(value, 1)} pp`,
  },
  {
    id: "zeros-changed",
    title: "Zeros ±",
    hint: "Values that are zero here and not in the other run, and those that are zero only there",
    width: 112,
    rank: 3,
    numberOf: (_row, { values }) => values && values.zerosGained + values.zerosLost,
    text: (_value, { values }) =>
      values === undefined ? "" : zerosText(values.zerosGained, values.zerosLost),
  },
  {
    id: "norm-change",
    title: "Δ‖w‖₂",
    hint: "‖w‖₂ here less ‖w‖₂ in the other run",
    width: 72,
    rank: 2,
    numberOf: (row, { other }) => row.l2 - other.l2,
    text: (value) => formatSigned(value, 2),
  },
  {
    id: "distance",
    title: "‖Δ‖/‖B‖",
    hint: "‖A − B‖₂ over ‖B‖₂, A being this run and B the other one",
    width: 76,
    rank: 1,
    numberOf: (_row, compared) => relativeDistance(compared),
    text: formatSize,
  },
  {
    id: "max-change",
    title: "max |Δ|",
    hint: "The largest change of a single value",
    width: 72,
    rank: 4,
    numberOf: (_row, { values }) => values?.maxAbs,
    text: formatSize,
  },
];

/** Columns of the layer table beside another run. */
export function differenceColumns(comparison: WeightComparison): readonly LayerColumn[] {
  const { byLayer } = comparison;
  const otherFraction = (row: LayerRow) => {
    const other = byLayer.get(row.layer)?.other;
    return other === undefined ? undefined : zeroFraction(other);
  };
  return [
    nameColumn,
    shapeColumn,
    zeroColumnBeside(otherFraction),
    ...COMPARED.map(({ numberOf, text, ...column }): LayerColumn => {
      const change = (row: LayerRow) => {
        const compared = byLayer.get(row.layer);
        return compared && numberOf(row, compared);
      };
      return {
        ...column,
        cell(row) {
          const compared = byLayer.get(row.layer);
          if (compared === undefined) return noMatch(comparison, row, column.id);
          return changeCell(numberOf(row, compared), (value) => text(value, compared));
        },
        groupCell({ rows }) {
          const sum = comparedGroup(rows, comparison);
          if (sum === undefined) return "";
          const { row, compared } = sum;
          return changeCell(numberOf(row, compared), (value) => text(value, compared));
        },
        sortKey: change,
      };
    }),
  ];
}

function changeCell(value: number | undefined, textOf: (value: number) => string): Cell | string {
  if (value === undefined) return "";
  return { content: textOf(value), ...(value === 0 ? { className: "muted" } : {}) };
}

function zerosText(gained: number, lost: number): string {
  return gained + lost === 0
    ? "0"
    : `+${formatShortCount(gained)} ${MINUS}${formatShortCount(lost)}`;
}

/** Said once a row. */
function noMatch({ unmatched }: WeightComparison, { layer }: LayerRow, id: string): Cell | string {
  const reason = unmatched.get(layer);
  if (reason === undefined || id !== COMPARED[0]?.id) return "";
  return { content: "no match", className: "muted", title: reason };
}
