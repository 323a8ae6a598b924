// One pass over two tensors of one shape, side by side.

/** First byte behind the module's own data. */
export function heapStart(): usize {
  return __heap_base;
}

/** Pairs that are added up before they join the sums: rounding grows with this number only. */
const BLOCK: i32 = 4096;

function addTo(sums: usize, index: usize, value: f64): void {
  const place = sums + (index << 3);
  store<f64>(place, load<f64>(place) + value);
}

function addLanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function addLongs(x: v128): f64 {
  return <f64>(i64x2.extract_lane(x, 0) + i64x2.extract_lane(x, 1));
}

/**
 * Adds `count` pairs of binary64 values at `a` and `b` to `sums`: Σ(a−b)², Σa², Σb², Σab, max|a−b|, then
 * the numbers of equal pairs, of zeros in a only, of zeros in b only, and of pairs that are not both
 * finite, which enter no sum. At most one pair of zeros of padding has to follow; it is not counted.
 */
export function addDifferences(a: usize, b: usize, count: i32, sums: usize): void {
  const padding = count & 1;
  const end = a + ((<usize>(count + padding)) << 3);
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(Infinity);
  let highest = zero;
  while (a < end) {
    const blockEnd = min(end, a + ((<usize>BLOCK) << 3));
    const lanes = <f64>((blockEnd - a) >> 3);
    let squares = zero;
    let aSquares = zero;
    let bSquares = zero;
    let products = zero;
    let equal = i64x2.splat(0);
    let gained = equal;
    let lost = equal;
    let finite = equal;
    for (; a < blockEnd; a += 16, b += 16) {
      const x = v128.load(a);
      const y = v128.load(b);
      const areNumbers = v128.and(
        f64x2.lt(f64x2.abs(x), infinity),
        f64x2.lt(f64x2.abs(y), infinity),
      );
      const isZeroA = f64x2.eq(x, zero);
      const isZeroB = f64x2.eq(y, zero);
      // A mask is −1 where it holds.
      equal = i64x2.sub(equal, f64x2.eq(x, y));
      gained = i64x2.sub(gained, v128.andnot(isZeroA, isZeroB));
      lost = i64x2.sub(lost, v128.andnot(isZeroB, isZeroA));
      finite = i64x2.sub(finite, areNumbers);
      const left = v128.and(x, areNumbers);
      const right = v128.and(y, areNumbers);
      const difference = f64x2.sub(left, right);
      squares = f64x2.add(squares, f64x2.mul(difference, difference));
      aSquares = f64x2.add(aSquares, f64x2.mul(left, left));
      bSquares = f64x2.add(bSquares, f64x2.mul(right, right));
      products = f64x2.add(products, f64x2.mul(left, right));
      highest = f64x2.pmax(highest, f64x2.abs(difference));
    }
    addTo(sums, 0, addLanes(squares));
    addTo(sums, 1, addLanes(aSquares));
    addTo(sums, 2, addLanes(bSquares));
    addTo(sums, 3, addLanes(products));
    addTo(sums, 5, addLongs(equal));
    addTo(sums, 6, addLongs(gained));
    addTo(sums, 7, addLongs(lost));
    addTo(sums, 8, lanes - addLongs(finite));
  }
  const most = max(f64x2.extract_lane(highest, 0), f64x2.extract_lane(highest, 1));
  if (most > load<f64>(sums, 32)) store<f64>(sums, most, 32);
  addTo(sums, 5, <f64>-padding);
}
