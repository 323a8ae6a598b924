const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, bold: 1, dim: 2 } as const;

/** Wraps `text` in terminal colour, or gives it back as it is where none is wanted. */
export type Paint = (style: keyof typeof CODES, text: string) => string;

export function paint(hasColor: boolean): Paint {
  return (style, text) => (hasColor ? `\u001B[${CODES[style]}m${text}\u001B[0m` : text);
}
