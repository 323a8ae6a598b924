/** Calls that make one number of many, the sum or the mean of all; not along one axis. */
export const TOTAL =
  /\b(?:sum|nansum|fsum|reduce_sum|mean|reduce_mean|average|nanmean|add_n|tree_reduce|reduce|l2_loss)\s*\((?!\s*-?\d+\s*[,)]|\s*(?:dim|axis|keepdims?)\b|[^()\n]*,\s*(?:dim|axis)\b)/;

/** A norm that is computed; not a layer `self.norm(x)`, nor along one axis. */
export const NORM =
  /(?<!self\.)\bnorm\s*\((?![^()\n]*\b(?:dim|axis)\b)|\b(?:vector_norm|matrix_norm|global_norm)\s*\(/;

const OPERAND = String.raw`(\w[\w.]*?)(?:\[[^\]\n]*\])?(?:\.T|\.t\(\)|\.transpose\(\))?`;
/** `w.T @ w`, `w.dot(w)`, `np.dot(w, w)`: the product of something with itself. */
export const SQUARED = new RegExp(
  String.raw`(?:@|\.dot\()\s*\(?(?<=(?<![\w.])${OPERAND}\)?\s*(?:@|\.dot\()\s*\(?)\1(?![\w(=])|\b(?:dot|vdot|inner|matmul|mm)\s*\(\s*(?:[\w.]*transpose\()?${OPERAND}\)?,\s*\2(?![\w(=])`,
);
