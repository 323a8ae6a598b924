/** Positions of one filter tap along one dimension. */
export interface TapPosition {
  readonly tap: number;
  readonly stride: number;
  readonly paddingBefore: number;
  readonly inputSize: number;
  readonly outputSize: number;
}

/**
 * Output positions [first, end) whose tap lies inside the input: o·stride + tap − padding in
 * [0, inputSize). Empty (first = end) where the tap only ever meets padding.
 */
export function outputRange(position: TapPosition): {
  readonly first: number;
  readonly end: number;
} {
  const { tap, stride, paddingBefore, inputSize, outputSize } = position;
  const first = Math.max(0, Math.ceil((paddingBefore - tap) / stride));
  const end = Math.min(outputSize, Math.floor((inputSize - 1 + paddingBefore - tap) / stride) + 1);
  return { first, end: Math.max(first, end) };
}
