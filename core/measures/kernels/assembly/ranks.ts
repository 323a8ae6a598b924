// Counts of targets that are nearer to a query than its partner, where rounding cannot tell otherwise.
import { Panels, panelAt } from "./panels.ts";

/** Room for the products of half a panel with a panel. */
const tile = memory.data(128, 16);

/** Offset of the targets' addresses behind those of the queries, in bytes. */
const TARGETS: usize = 24;

/**
 * Compares the queries in panels `from` … `to`-1 with all targets, both ways; gives the number of doubts.
 *
 * `sides` has fourteen words of 32 bits. Six addresses for the queries, then for the targets: panels,
 * steps (binary32; a row is its integers times its step, NaN for a row of padding), errors (binary32,
 * what a row adds to the error of a product), shifts (binary32, what a row adds to its products when the
 * other side ranks it), own (binary32, the partner's product with its shift), counts (32-bit integers,
 * raised for each row that surely ranks before the partner). Then pairs of columns and panels a side.
 * Pairs that are too close to tell go to `doubts` as two 32-bit integers: query · 2 and target, or
 * query · 2 + 1 and target where it is the target that ranks queries.
 */
export function countNearer(sides: usize, from: i32, to: i32, doubts: usize): i32 {
  const pairs = load<i32>(sides, 48);
  const panels = load<i32>(sides, 52);
  let end = doubts;
  for (let b = 0; b < panels; b++) {
    const right = panelAt(<usize>load<u32>(sides, TARGETS), b, pairs);
    for (let a = from; a < to; a++) {
      const left = panelAt(<usize>load<u32>(sides), a, pairs);
      for (let half = 0; half < 2; half++) {
        Panels.product(left + ((<usize>half) << 4), right, pairs, tile);
        for (let r = 0; r < 4; r++) {
          const row = 8 * a + 4 * half + r;
          const products = tile + ((<usize>r) << 5);
          end = Ranks.compare(sides, row, 8 * b, v128.load(products), end);
          end = Ranks.compare(sides, row, 8 * b + 4, v128.load(products, 16), end);
        }
      }
    }
  }
  return <i32>((end - doubts) >> 3);
}

class Ranks {
  @inline
  static field(sides: usize, field: usize, row: i32): usize {
    return <usize>load<u32>(sides + (field << 2)) + ((<usize>row) << 2);
  }

  /** Compares one query with the four targets from `first` on; gives the end of the doubts. */
  @inline
  static compare(sides: usize, row: i32, first: i32, products: v128, end: usize): usize {
    const steps = f32x4.mul(
      v128.load32_splat(Ranks.field(sides, 1, row)),
      v128.load(Ranks.field(sides, 7, first)),
    );
    const product = f32x4.mul(f32x4.convert_i32x4_s(products), steps);
    const error = f32x4.add(
      v128.load32_splat(Ranks.field(sides, 2, row)),
      v128.load(Ranks.field(sides, 8, first)),
    );

    const ofTargets = f32x4.add(product, v128.load(Ranks.field(sides, 9, first)));
    const own = v128.load32_splat(Ranks.field(sides, 4, row));
    const before = i32x4.bitmask(f32x4.gt(f32x4.sub(ofTargets, error), own));
    const counts = Ranks.field(sides, 5, row);
    store<i32>(counts, load<i32>(counts) + popcnt(before));
    let unsure = i32x4.bitmask(f32x4.ge(f32x4.add(ofTargets, error), own)) & ~before;

    const ofQuery = f32x4.add(product, v128.load32_splat(Ranks.field(sides, 3, row)));
    const theirs = v128.load(Ranks.field(sides, 10, first));
    const isBefore = f32x4.gt(f32x4.sub(ofQuery, error), theirs);
    const theirCounts = Ranks.field(sides, 11, first);
    v128.store(theirCounts, i32x4.sub(v128.load(theirCounts), isBefore));
    const isClose = v128.andnot(f32x4.ge(f32x4.add(ofQuery, error), theirs), isBefore);
    unsure |= i32x4.bitmask(isClose) << 4;

    for (; unsure !== 0; unsure &= unsure - 1) {
      const place = ctz(unsure);
      store<i32>(end, 2 * row + (place >> 2));
      store<i32>(end, first + (place & 3), 4);
      end += 8;
    }
    return end;
  }
}
