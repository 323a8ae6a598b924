// Stochastic gradient descent of UMAP's cross-entropy in the plane.

/** The tables hold 64 entries for each power of two from 2⁻²⁴ on. */
const ENTRY_SHIFT: i32 = 17;
const LOWEST: i32 = (127 - 24) << 23;
const ENTRIES: i32 = 64 * 40;
/** Scales the part of a squared distance between two entries to 0..1. */
const FRACTION: f32 = 1.0 / <f32>(1 << 17);
/** A step moves a coordinate by at most this, times the learning rate. */
const MOST: f32 = 4;

/** Knuth's linear congruential generator of 64 bits, whose upper half is drawn from. */
const MULTIPLIER: u64 = ((<u64>0x5851f42d) << 32) | <u64>0x4c957f2d;
const INCREMENT: u64 = ((<u64>0x14057b7e) << 32) | <u64>0xf767814f;

class Layout {
  /** Value of a table at a squared distance, linear between entries. */
  @inline
  static lookUp(table: usize, squared: f32): f32 {
    const bits = min(max(reinterpret<i32>(squared) - LOWEST, 0), (ENTRIES << ENTRY_SHIFT) - 1);
    const entry = table + ((<usize>(bits >> ENTRY_SHIFT)) << 2);
    const below = load<f32>(entry);
    const part = <f32>(bits & ((1 << ENTRY_SHIFT) - 1)) * FRACTION;
    return below + part * (load<f32>(entry, 4) - below);
  }

  /** Difference of two points. */
  @inline
  static between(one: v128, other: v128): v128 {
    return f32x4.sub(one, other);
  }

  @inline
  static squared(delta: v128): f32 {
    const squares = f32x4.mul(delta, delta);
    return f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1);
  }

  @inline
  static clip(x: v128): v128 {
    return f32x4.pmax(f32x4.pmin(x, f32x4.splat(MOST)), f32x4.splat(-MOST));
  }
}

/**
 * One epoch: every edge whose turn it is pulls its ends together and pushes its head away from
 * `negatives` rows drawn at random.
 *
 * `edges` are four 32-bit words each: head, tail, epochs between two turns (binary32), epoch of the next
 * turn (binary32). `points` are x and y of `rows` rows in binary32. `tables` holds the factor of the
 * difference in a pull and, behind it, in a push, by squared distance, each with one entry more at its
 * end. `random` is the state of the generator, 64 bits.
 */
export function moveEpoch(
  edges: usize,
  count: i32,
  points: usize,
  rows: i32,
  tables: usize,
  epoch: f32,
  rate: f32,
  negatives: i32,
  random: usize,
): void {
  const pushes = tables + ((<usize>(ENTRIES + 1)) << 2);
  const step = f32x4.splat(rate);
  let state = load<u64>(random);
  const end = edges + ((<usize>count) << 4);
  for (let edge = edges; edge < end; edge += 16) {
    const next = load<f32>(edge, 12);
    if (next > epoch) continue;
    store<f32>(edge, next + load<f32>(edge, 8), 12);
    const head = points + ((<usize>load<u32>(edge)) << 3);
    const tail = points + ((<usize>load<u32>(edge, 4)) << 3);
    let place = v128.load64_zero(head);
    const other = v128.load64_zero(tail);
    const delta = Layout.between(place, other);
    const pull = f32x4.splat(Layout.lookUp(tables, Layout.squared(delta)));
    const move = f32x4.mul(step, Layout.clip(f32x4.mul(pull, delta)));
    v128.store64_lane(tail, f32x4.sub(other, move), 0);
    place = f32x4.add(place, move);

    let sum = f32x4.splat(0);
    for (let k = 0; k < negatives; k++) {
      state = state * MULTIPLIER + INCREMENT;
      const drawn = points + ((<usize>(((state >>> 32) * <u64>rows) >>> 32)) << 3);
      if (drawn === head) continue;
      const away = Layout.between(place, v128.load64_zero(drawn));
      const push = f32x4.splat(Layout.lookUp(pushes, Layout.squared(away)));
      sum = f32x4.add(sum, Layout.clip(f32x4.mul(push, away)));
    }
    v128.store64_lane(head, f32x4.add(place, f32x4.mul(step, sum)), 0);
  }
  store<u64>(random, state);
}
