import type { LayerChange, LayerFigures } from "../protocol/panel/compare.ts";
import type { LayerRow } from "../protocol/panel/weights.ts";

/** What two runs are compared by, of one parameter tensor. */
export function layerFigures(row: LayerRow): LayerFigures {
  return {
    norm: row.nonFinite > 0 ? Number.NaN : row.l2,
    zeroFraction: row.count === 0 ? 0 : row.zeros / row.count,
    isPenalised: (row.penalty ?? "") !== "",
    ...(row.deadUnits === undefined ? {} : { deadUnits: row.deadUnits }),
    ...(row.units === undefined ? {} : { units: row.units }),
  };
}

type Layers = ReadonlyMap<string, LayerFigures>;

/**
 * Layers of two runs matched by name, biggest change first, then those that only one run has.
 *
 * The size of a change is the largest of three, each 0..1: the difference of the shares of zeros, the
 * difference of the shares of dead units, and of the norms |a − b| / max(a, b).
 */
export function layerChanges(run: Layers, other: Layers): readonly LayerChange[] {
  const names = [...new Set([...run.keys(), ...other.keys()])];
  return names
    .map((layer) => {
      const [own, theirs] = [run.get(layer), other.get(layer)];
      const size = own === undefined || theirs === undefined ? -1 : changeOf(own, theirs);
      const change: LayerChange = {
        layer,
        ...(own === undefined ? {} : { run: own }),
        ...(theirs === undefined ? {} : { other: theirs }),
      };
      return { change, size };
    })
    .sort((a, b) => b.size - a.size)
    .map(({ change }) => change);
}

function changeOf(a: LayerFigures, b: LayerFigures): number {
  const largest = Math.max(a.norm, b.norm);
  const norm = largest > 0 ? Math.abs(a.norm - b.norm) / largest : 0;
  const changes = [
    Math.abs(a.zeroFraction - b.zeroFraction),
    Math.abs(deadFraction(a) - deadFraction(b)),
    // A layer that is no longer finite has changed as much as one can.
    Number.isNaN(largest) ? Number(Number.isNaN(a.norm) !== Number.isNaN(b.norm)) : norm,
  ];
  return Math.max(...changes);
}

function deadFraction({ deadUnits = 0, units = 0 }: LayerFigures): number {
  return units === 0 ? 0 : deadUnits / units;
}
