// Nearest rows of every row by squared distances from products of panels.
import { Panels, panelAt } from "./panels.ts";

/** Room for the products of half a panel with a panel. */
const tile = memory.data(128, 16);

/**
 * Where the rows and their candidates lie, in this order of 32-bit words: panels, pairs of columns,
 * squared lengths (binary32, ∞ for a row of padding), steps (binary32; a row is its integers times its
 * step), candidates a row, rows of candidates (32-bit integers, nearest first), their squared distances
 * (binary32), farthest candidate of each row (binary32).
 */
class Search {
  @inline
  static at(search: usize, field: usize): usize {
    return <usize>load<u32>(search + (field << 2));
  }

  /** Puts row `other` among the candidates of `row`, from which the farthest falls out. */
  static insert(search: usize, row: i32, other: i32, distance: f32): void {
    const count = <usize>Search.at(search, 4);
    const rows = Search.at(search, 5) + <usize>row * (count << 2);
    const distances = Search.at(search, 6) + <usize>row * (count << 2);
    let place = count - 1;
    while (place > 0) {
      const before = load<f32>(distances + ((place - 1) << 2));
      if (before <= distance) break;
      store<f32>(distances + (place << 2), before);
      store<i32>(rows + (place << 2), load<i32>(rows + ((place - 1) << 2)));
      place--;
    }
    store<f32>(distances + (place << 2), distance);
    store<i32>(rows + (place << 2), other);
    const farthest = load<f32>(distances + ((count - 1) << 2));
    store<f32>(Search.at(search, 7) + ((<usize>row) << 2), farthest);
  }

  /** Squared distances of `row` to the four rows from `first` on. */
  @inline
  static distances(lengths: usize, steps: usize, row: i32, first: i32, products: v128): v128 {
    const sum = f32x4.add(
      v128.load32_splat(lengths + ((<usize>row) << 2)),
      v128.load(lengths + ((<usize>first) << 2)),
    );
    const scale = f32x4.mul(
      v128.load32_splat(steps + ((<usize>row) << 2)),
      v128.load(steps + ((<usize>first) << 2)),
    );
    const product = f32x4.mul(f32x4.convert_i32x4_s(products), scale);
    return f32x4.sub(sum, f32x4.add(product, product));
  }

  /** Offers four rows from `first` on to `row`, and with `isMutual` it to them. */
  @inline
  static offer(search: usize, row: i32, first: i32, distances: v128, isMutual: bool): void {
    const farthest = Search.at(search, 7);
    const own = v128.load32_splat(farthest + ((<usize>row) << 2));
    let isNear = f32x4.lt(distances, own);
    if (isMutual) {
      const theirs = v128.load(farthest + ((<usize>first) << 2));
      isNear = v128.or(isNear, f32x4.lt(distances, theirs));
    }
    if (!v128.any_true(isNear)) return;
    Search.offerOne(search, row, first, f32x4.extract_lane(distances, 0), isMutual);
    Search.offerOne(search, row, first + 1, f32x4.extract_lane(distances, 1), isMutual);
    Search.offerOne(search, row, first + 2, f32x4.extract_lane(distances, 2), isMutual);
    Search.offerOne(search, row, first + 3, f32x4.extract_lane(distances, 3), isMutual);
  }

  static offerOne(search: usize, row: i32, other: i32, distance: f32, isMutual: bool): void {
    if (row === other) return;
    const farthest = Search.at(search, 7);
    if (distance < load<f32>(farthest + ((<usize>row) << 2))) {
      Search.insert(search, row, other, distance);
    }
    if (isMutual && distance < load<f32>(farthest + ((<usize>other) << 2))) {
      Search.insert(search, other, row, distance);
    }
  }
}

/**
 * Compares the rows of panels `from` … `to`-1 with one another and with those of all panels behind
 * them up to `panels`: after it has been called for all, every pair has been compared once.
 */
export function findNeighbours(search: usize, from: i32, to: i32, panels: i32): void {
  const start = Search.at(search, 0);
  const pairs = <i32>Search.at(search, 1);
  const lengths = Search.at(search, 2);
  const steps = Search.at(search, 3);
  for (let b = from; b < panels; b++) {
    const right = panelAt(start, b, pairs);
    for (let a = from; a < min(to, b + 1); a++) {
      const left = panelAt(start, a, pairs);
      for (let half = 0; half < 2; half++) {
        Panels.product(left + ((<usize>half) << 4), right, pairs, tile);
        for (let r = 0; r < 4; r++) {
          const row = 8 * a + 4 * half + r;
          const products = tile + ((<usize>r) << 5);
          for (let c = 0; c < 2; c++) {
            const first = 8 * b + 4 * c;
            const four = v128.load(products + ((<usize>c) << 4));
            const distances = Search.distances(lengths, steps, row, first, four);
            Search.offer(search, row, first, distances, a !== b);
          }
        }
      }
    }
  }
}
