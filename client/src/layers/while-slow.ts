/** Waits for an answer; `show` is called where that takes longer than `afterMs`, and shows until `settled`. */
export async function whileSlow<T>(
  answer: Promise<T>,
  afterMs: number,
  show: (settled: Promise<void>) => void,
): Promise<T> {
  const nothing = () => undefined;
  // That it failed is told to the one who waits for the answer.
  const settled = answer.then(nothing, nothing);
  const timer = setTimeout(() => show(settled), afterMs);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}
