/**
 * s = f·(1 − (1 − (t − t₀)/(t₁ − t₀))³): fast at first, when there is much to spare, and slow at the end;
 * 0 before t₀, f from t₁ on.
 *
 * @see Zhu & Gupta 2017, arXiv:1710.01878, eq. (1) with s_i = 0.
 */
export function cubicSparsity(
  final: number,
  { start, end }: { readonly start: number; readonly end: number },
  step: number,
): number {
  if (step >= end) return final;
  const share = Math.max(0, (step - start) / (end - start));
  return final * (1 - (1 - share) ** 3);
}
