// One pass over the values of a tensor: exact counts, norms, and a histogram over their bit patterns.

/** First byte behind the module's own data. */
export function heapStart(): usize {
  return __heap_base;
}

/** Values that are added up before they join the sums: rounding grows with this number only. */
const BLOCK: i32 = 4096;
/** A bin is sign, exponent and three bits of the fraction of a binary32. */
const BIN_SHIFT: i32 = 20;
/** Bytes of one table of 4,096 bins. */
const TABLE_BYTES: usize = 4096 * 4;

/** Where the sums lie: Σw, Σ|w|, Σw², max|w|, and the counts of zeros and of NaN or ±∞, as binary64. */
function addSums(sums: usize, sum: f64, l1: f64, squares: f64, zeros: i32, nonFinite: i32): void {
  store<f64>(sums, load<f64>(sums) + sum);
  store<f64>(sums, load<f64>(sums, 8) + l1, 8);
  store<f64>(sums, load<f64>(sums, 16) + squares, 16);
  store<f64>(sums, load<f64>(sums, 32) + <f64>zeros, 32);
  store<f64>(sums, load<f64>(sums, 40) + <f64>nonFinite, 40);
}

function raiseMax(sums: usize, max: f64): void {
  if (max > load<f64>(sums, 24)) store<f64>(sums, max, 24);
}

function countBin(bins: usize, bits: i32): void {
  const bin = bins + ((<usize>(<u32>bits >>> BIN_SHIFT)) << 2);
  store<u32>(bin, load<u32>(bin) + 1);
}

/** Takes zeros of padding out of a table again. */
function takeBack(table: usize, zeros: i32): void {
  store<u32>(table, load<u32>(table) - <u32>zeros);
}

function addLanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function addLongs(x: v128): i32 {
  return <i32>(i64x2.extract_lane(x, 0) + i64x2.extract_lane(x, 1));
}

function addCounts(x: v128): i32 {
  return (
    i32x4.extract_lane(x, 0) +
    i32x4.extract_lane(x, 1) +
    i32x4.extract_lane(x, 2) +
    i32x4.extract_lane(x, 3)
  );
}

/**
 * Adds `count` binary32 values at `at` to `sums` and to the two tables at `bins`, whose counts add up:
 * neighbours are often alike, and two tables spare them waiting for one another. Up to three zeros of
 * padding have to follow the last value; they are not counted.
 */
export function scanFloat32(at: usize, count: i32, sums: usize, bins: usize): void {
  const padding = -count & 3;
  const end = at + ((<usize>(count + padding)) << 2);
  const second = bins + TABLE_BYTES;
  const zero = f32x4.splat(0);
  const infinity = f32x4.splat(Infinity);
  let highest = zero;
  while (at < end) {
    const blockEnd = min(end, at + ((<usize>BLOCK) << 2));
    let sum = f64x2.splat(0);
    let l1 = sum;
    let squares = sum;
    let zeros = i32x4.splat(0);
    let finite = i32x4.splat(0);
    const lanes = <i32>((blockEnd - at) >> 2);
    for (; at < blockEnd; at += 16) {
      const bits = v128.load(at);
      const magnitude = f32x4.abs(bits);
      const isNumber = f32x4.lt(magnitude, infinity);
      zeros = i32x4.sub(zeros, f32x4.eq(bits, zero));
      finite = i32x4.sub(finite, isNumber);
      const kept = v128.and(bits, isNumber);
      const keptMagnitude = f32x4.abs(kept);
      highest = f32x4.pmax(highest, keptMagnitude);
      const low = f64x2.promote_low_f32x4(kept);
      const high = f64x2.promote_low_f32x4(
        i8x16.shuffle(kept, kept, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
      );
      sum = f64x2.add(sum, f64x2.add(low, high));
      l1 = f64x2.add(l1, f64x2.add(f64x2.abs(low), f64x2.abs(high)));
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
      countBin(bins, i32x4.extract_lane(bits, 0));
      countBin(second, i32x4.extract_lane(bits, 1));
      countBin(bins, i32x4.extract_lane(bits, 2));
      countBin(second, i32x4.extract_lane(bits, 3));
    }
    const nonFinite = lanes - addCounts(finite);
    addSums(sums, addLanes(sum), addLanes(l1), addLanes(squares), addCounts(zeros), nonFinite);
  }
  const pair = f32x4.max(
    highest,
    i8x16.shuffle(highest, highest, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  raiseMax(sums, <f64>max(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1)));
  store<f64>(sums, load<f64>(sums, 32) - <f64>padding, 32);
  // Of the last vector's lanes the second and the fourth are counted in the second table.
  takeBack(second, i32(padding > 0) + i32(padding > 2));
  takeBack(bins, i32(padding > 1));
}

/**
 * As `scanFloat32`, of binary64 values with at most one zero of padding; the bin is that of the nearest
 * binary32.
 */
export function scanFloat64(at: usize, count: i32, sums: usize, bins: usize): void {
  const padding = count & 1;
  const end = at + ((<usize>(count + padding)) << 3);
  const second = bins + TABLE_BYTES;
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(Infinity);
  let highest = zero;
  while (at < end) {
    const blockEnd = min(end, at + ((<usize>BLOCK) << 3));
    let sum = zero;
    let l1 = zero;
    let squares = zero;
    let zeros = i64x2.splat(0);
    let finite = i64x2.splat(0);
    const lanes = <i32>((blockEnd - at) >> 3);
    for (; at < blockEnd; at += 16) {
      const bits = v128.load(at);
      const isNumber = f64x2.lt(f64x2.abs(bits), infinity);
      zeros = i64x2.sub(zeros, f64x2.eq(bits, zero));
      finite = i64x2.sub(finite, isNumber);
      const kept = v128.and(bits, isNumber);
      const magnitude = f64x2.abs(kept);
      highest = f64x2.pmax(highest, magnitude);
      sum = f64x2.add(sum, kept);
      l1 = f64x2.add(l1, magnitude);
      squares = f64x2.add(squares, f64x2.mul(kept, kept));
      const narrow = f32x4.demote_f64x2_zero(bits);
      countBin(bins, i32x4.extract_lane(narrow, 0));
      countBin(second, i32x4.extract_lane(narrow, 1));
    }
    const nonFinite = lanes - addLongs(finite);
    addSums(sums, addLanes(sum), addLanes(l1), addLanes(squares), addLongs(zeros), nonFinite);
  }
  raiseMax(sums, max(f64x2.extract_lane(highest, 0), f64x2.extract_lane(highest, 1)));
  store<f64>(sums, load<f64>(sums, 32) - <f64>padding, 32);
  takeBack(second, padding);
}

function scanInteger<T>(at: usize, count: i32, sums: usize, bins: usize): void {
  const end = at + <usize>count * sizeof<T>();
  let highest: f64 = 0;
  while (at < end) {
    const blockEnd = min(end, at + <usize>BLOCK * sizeof<T>());
    let sum: f64 = 0;
    let l1: f64 = 0;
    let squares: f64 = 0;
    let zeros = 0;
    for (; at < blockEnd; at += sizeof<T>()) {
      const value = <f64>load<T>(at);
      const magnitude = Math.abs(value);
      countBin(bins, reinterpret<i32>(<f32>value));
      zeros += i32(value === 0);
      sum += value;
      l1 += magnitude;
      squares += value * value;
      highest = max(highest, magnitude);
    }
    addSums(sums, sum, l1, squares, zeros, 0);
  }
  raiseMax(sums, highest);
}

export function scanInt32(at: usize, count: i32, sums: usize, bins: usize): void {
  scanInteger<i32>(at, count, sums, bins);
}

export function scanUint32(at: usize, count: i32, sums: usize, bins: usize): void {
  scanInteger<u32>(at, count, sums, bins);
}

/** Beyond ±2⁵³ the nearest binary64 counts. */
export function scanInt64(at: usize, count: i32, sums: usize, bins: usize): void {
  scanInteger<i64>(at, count, sums, bins);
}

/** Beyond 2⁵³ the nearest binary64 counts. */
export function scanUint64(at: usize, count: i32, sums: usize, bins: usize): void {
  scanInteger<u64>(at, count, sums, bins);
}

/** Counts every pattern of 16 bits among `count` of them in a table of 65,536 numbers of 32 bits. */
export function countPatterns16(at: usize, count: i32, table: usize): void {
  const end = at + ((<usize>count) << 1);
  const even = end - ((<usize>(count & 3)) << 1);
  for (; at < even; at += 8) {
    const four = load<u64>(at);
    const a = table + ((<usize>four & 0xffff) << 2);
    store<u32>(a, load<u32>(a) + 1);
    const b = table + ((<usize>(four >>> 16) & 0xffff) << 2);
    store<u32>(b, load<u32>(b) + 1);
    const c = table + ((<usize>(four >>> 32) & 0xffff) << 2);
    store<u32>(c, load<u32>(c) + 1);
    const d = table + ((<usize>(four >>> 48)) << 2);
    store<u32>(d, load<u32>(d) + 1);
  }
  for (; at < end; at += 2) {
    const place = table + ((<usize>load<u16>(at)) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
}

/**
 * As `countPatterns16`, of patterns of 8 bits, in four tables of 256 whose counts add up. Up to three
 * zeros of padding have to follow; they are not counted.
 */
export function countPatterns8(at: usize, count: i32, table: usize): void {
  const padding = -count & 3;
  const end = at + <usize>(count + padding);
  for (; at < end; at += 4) {
    const four = load<u32>(at);
    const a = table + ((<usize>four & 0xff) << 2);
    store<u32>(a, load<u32>(a) + 1);
    const b = table + ((<usize>(four >>> 8) & 0xff) << 2);
    store<u32>(b, load<u32>(b, 1024) + 1, 1024);
    const c = table + ((<usize>(four >>> 16) & 0xff) << 2);
    store<u32>(c, load<u32>(c, 2048) + 1, 2048);
    const d = table + ((<usize>(four >>> 24)) << 2);
    store<u32>(d, load<u32>(d, 3072) + 1, 3072);
  }
  takeBack(table + 3072, i32(padding > 0));
  takeBack(table + 2048, i32(padding > 1));
  takeBack(table + 1024, i32(padding > 2));
}
