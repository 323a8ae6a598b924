/** Longer texts, and texts of longer lines, were written by a bundler. */
const MOST_CHARACTERS = 400_000;
const LONGEST_MEAN_LINE = 300;

/**
 * Whether JavaScript may have to do with TensorFlow.js, told without parsing: it speaks of
 * TensorFlow, or uses a `tf` that a page has loaded. Bundles are no code that anybody edits.
 */
export function isTensorFlowCode(text: string): boolean {
  if (text.length > MOST_CHARACTERS || !/tensorflow|\btf\./.test(text)) return false;
  const lines = text.split("\n").length;
  return text.length / lines <= LONGEST_MEAN_LINE || text.length < 5000;
}
