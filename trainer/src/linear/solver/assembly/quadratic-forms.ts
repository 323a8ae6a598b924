// wᵀGw for four vectors at once, from the half of G above the diagonal.

/**
 * Writes wᵀGw at `out` [4] for four vectors w [ld] that lie one after the other; G [ld, ld] is
 * symmetric and only its upper half and its blocks of two on the diagonal are read.
 */
export function quadraticForms(g: usize, w: usize, ld: i32, out: usize): void {
  const stride = (<usize>ld) << 3;
  const w1 = w + stride;
  const w2 = w1 + stride;
  const w3 = w2 + stride;
  memory.fill(out, 0, 32);
  for (let i = 0; i < ld; i++) {
    const place = (<usize>i) << 3;
    const a0 = load<f64>(w + place);
    const a1 = load<f64>(w1 + place);
    const a2 = load<f64>(w2 + place);
    const a3 = load<f64>(w3 + place);
    if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0) continue;
    const row = g + <usize>i * stride;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    // The diagonal counts once, what is right of it twice.
    for (let at = ((<usize>(i & ~1)) << 3) + 16; at < stride; at += 16) {
      const value = v128.load(row + at);
      s0 = f64x2.add(s0, f64x2.mul(value, v128.load(w + at)));
      s1 = f64x2.add(s1, f64x2.mul(value, v128.load(w1 + at)));
      s2 = f64x2.add(s2, f64x2.mul(value, v128.load(w2 + at)));
      s3 = f64x2.add(s3, f64x2.mul(value, v128.load(w3 + at)));
    }
    const corner = load<f64>(row + place);
    const isEven = (i & 1) === 0;
    const side = isEven ? load<f64>(row + place, 8) : 0;
    add(out, a0, s0, corner, side * (isEven ? load<f64>(w + place, 8) : 0));
    add(out + 8, a1, s1, corner, side * (isEven ? load<f64>(w1 + place, 8) : 0));
    add(out + 16, a2, s2, corner, side * (isEven ? load<f64>(w2 + place, 8) : 0));
    add(out + 24, a3, s3, corner, side * (isEven ? load<f64>(w3 + place, 8) : 0));
  }
}

function add(out: usize, w: f64, right: v128, corner: f64, side: f64): void {
  const sum = f64x2.extract_lane(right, 0) + f64x2.extract_lane(right, 1) + side;
  store<f64>(out, load<f64>(out) + w * (corner * w + 2 * sum));
}
