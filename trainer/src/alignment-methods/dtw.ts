import type { Matrix } from "../../../core/measures/matrix.ts";
import { spreadRows } from "../../../core/measures/unit-rows.ts";
import { dtwDistance, type Warping, dtw as warp } from "../alignment/dtw.ts";
import { mapWeight } from "../alignment/linear-alignment.ts";
import { retrievalFromDistances } from "../alignment/retrieval-from-distances.ts";
import { fitRidgeMap } from "../alignment/ridge-map.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { type Dense, multiply } from "../linear-algebra/products.ts";
import type { FrameShape } from "../modality-matrix.ts";
import { UserError } from "../user-error.ts";

/** Training rows whose warping the map of the frames is fitted with. */
const FITTED_ROWS = 200;
/** Training rows that are compared with each other for the figures of the run. */
const COMPARED_ROWS = 100;
const RELATIVE_LAMBDA = 1e-3;

/**
 * Structural, for sequences: a ridge map of the frames of `from` into the frames of `to` and the
 * warping of time, each fitted with the other held fixed, `rounds` times; then every sequence is
 * warped onto one template, so that frames with the same part of the story stand side by side.
 *
 * The first warping is the straight one. With `rounds: 0` frames must have equal widths and are
 * compared as they are. The template is the training row of `to` that is nearest to the others.
 *
 * @see Zhou & De la Torre 2009, "Canonical Time Warping", section 3, with ridge in place of CCA.
 */
export const dtw = alignmentMethod("dtw", {
  describe: ({ from, to, radius, rounds }) =>
    `time warping of ${from} onto ${to}, radius ${radius}, ${rounds} rounds of a map of the frames`,
  fit(settings, { from, to, frames: shapes, signal }) {
    const { radius, rounds, from: nameFrom, to: nameTo } = settings;
    const frames = {
      from: framesOf(nameFrom, from.columns, shapes.from, settings.frames_from),
      to: framesOf(nameTo, to.columns, shapes.to, settings.frames_to),
    };
    if (rounds === 0 && frames.from.width !== frames.to.width) {
      throw new UserError(
        "data",
        `Frames of ${nameFrom} have ${frames.from.width} numbers, those of ${nameTo} have ${frames.to.width}`,
        "Set `rounds: 1` or more, so that a map of the frames is fitted",
      );
    }
    const chosen = spreadRows(from.rows, FITTED_ROWS);
    const own = chosen.map((row) => sequence(from, row, frames.from));
    const other = chosen.map((row) => sequence(to, row, frames.to));
    let map: Dense | undefined;
    let paths = own.map(() => straightPath(frames.from.frames, frames.to.frames));
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      const fitted = fitFrames(own, other, paths);
      map = fitted;
      paths = own.map((x, index) => warp(multiply(x, fitted), other[index] ?? x, { radius }).path);
    }
    const mapped = (x: Dense): Dense => (map === undefined ? x : multiply(x, map));
    const template = medoid(other, radius);
    const embed = (rows: Dense, shape: FrameShape, change: (x: Dense) => Dense): Dense => ({
      rows: rows.rows,
      columns: template.data.length,
      data: Float64Array.from(
        Array.from({ length: rows.rows }, (_, row) => [
          ...onTemplate(change(sequence(rows, row, shape)), template, radius),
        ]).flat(),
      ),
    });
    const compared = spreadRows(own.length, COMPARED_ROWS);
    const distances = compared.map((i) =>
      compared.map((j) =>
        dtwDistance(mapped(own[i] ?? template), other[j] ?? template, { radius }),
      ),
    );
    const found = retrievalFromDistances(distances);
    return {
      mapFrom: (rows) => embed(rows, frames.from, mapped),
      mapTo: (rows) => embed(rows, frames.to, (x) => x),
      predicts: false,
      weights:
        map === undefined
          ? [mapWeight("template", template)]
          : [mapWeight("frames.weight", map), mapWeight("template", template)],
      values: {
        "map/dtw_distance_pairs": found.ownMean,
        "map/dtw_distance_others": found.otherMean,
        "map/dtw_recall@1": found.recall1,
      },
      notes: [
        `Warped ${own.length} of ${from.rows} training pairs; ${compared.length} of them are ${found.ownMean} from their partner and ${found.otherMean} from others`,
      ],
    };
  },
});

/** The frames that the user names, or those of the data's shape. */
function framesOf(
  name: string,
  columns: number,
  shape: FrameShape,
  frames = shape.frames,
): FrameShape {
  if (frames < 2) {
    throw new UserError(
      "data",
      `${name} is no sequence, so its time cannot be warped`,
      "Name its frames with `frames_from` and `frames_to`, or take another method",
    );
  }
  if (columns % frames !== 0) {
    throw new UserError(
      "data",
      `${columns} numbers a row of ${name} are no ${frames} frames`,
      `Name a number of frames that divides ${columns}`,
    );
  }
  return { frames, width: columns / frames };
}

function sequence(rows: Dense, row: number, { frames, width }: FrameShape): Dense {
  const data = rows.data.subarray(row * rows.columns, (row + 1) * rows.columns);
  return { rows: frames, columns: width, data };
}

function straightPath(n: number, m: number): Warping["path"] {
  const steps = Math.max(n, m);
  return Array.from({ length: steps }, (_, k) => {
    const share = k / Math.max(1, steps - 1);
    return [Math.round(share * (n - 1)), Math.round(share * (m - 1))] as const;
  });
}

/** The ridge map of all frames that the paths put side by side. */
function fitFrames(
  own: readonly Dense[],
  other: readonly Dense[],
  paths: readonly Warping["path"][],
): Dense {
  const pick = (x: Dense, frame: number) =>
    x.data.subarray(frame * x.columns, (frame + 1) * x.columns);
  const pairs = paths.flatMap((path, index) =>
    path.flatMap(([i, j]) => {
      const [x, y] = [own[index], other[index]];
      return x === undefined || y === undefined ? [] : [[pick(x, i), pick(y, j)] as const];
    }),
  );
  const from = stack(pairs.map(([frame]) => frame));
  const squares = from.data.reduce((sum, value) => sum + value * value, 0);
  const lambda = Math.max(Number.MIN_VALUE, (RELATIVE_LAMBDA * squares) / from.columns);
  return fitRidgeMap(from, stack(pairs.map(([, frame]) => frame)), lambda).weights;
}

function stack(frames: readonly Float64Array[]): Dense {
  const columns = frames[0]?.length ?? 0;
  const data = new Float64Array(frames.length * columns);
  for (const [index, frame] of frames.entries()) data.set(frame, index * columns);
  return { rows: frames.length, columns, data };
}

/** The sequence whose distances to (up to 40 of) the others have the least sum. */
function medoid(sequences: readonly Dense[], radius: number): Dense {
  const chosen = spreadRows(sequences.length, 40).flatMap((row) => sequences[row] ?? []);
  const sums = chosen.map((x) => chosen.reduce((sum, y) => sum + dtwDistance(x, y, { radius }), 0));
  const best = chosen[sums.indexOf(Math.min(...sums))];
  if (best === undefined) throw new RangeError("Cannot take a template of 0 sequences");
  return best;
}

/** Mean of the frames that the path puts beside each frame of the template; NaN where x has any. */
function onTemplate(x: Matrix, template: Dense, radius: number): Float64Array {
  const { columns } = template;
  const sums = new Float64Array(template.data.length);
  if (x.data.some(Number.isNaN)) return sums.fill(Number.NaN);
  const counts = new Float64Array(template.rows);
  for (const [i, j] of warp(x, template, { radius }).path) {
    counts[j] = (counts[j] ?? 0) + 1;
    for (let k = 0; k < columns; k += 1) {
      sums[j * columns + k] = (sums[j * columns + k] ?? 0) + (x.data[i * columns + k] ?? 0);
    }
  }
  return sums.map((sum, index) => sum / (counts[Math.floor(index / columns)] ?? 1));
}
