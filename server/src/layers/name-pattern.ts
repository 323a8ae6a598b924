/** Which step of a parameter's name an element of a model may be. */
export type NamePattern =
  | { readonly kind: "text"; readonly text: string }
  /** Indices from `from` up to, not including, `to`. */
  | { readonly kind: "index"; readonly from: number; readonly to: number }
  /** Texts in this order with anything but nothing between them: `["conv", "_a"]` of `f"conv{i}_a"`. */
  | { readonly kind: "pieces"; readonly pieces: readonly string[] };

export const textName = (text: string): NamePattern => ({ kind: "text", text });

/** Any name at all. */
export const ANY_NAME: NamePattern = { kind: "pieces", pieces: ["", ""] };

export function isAnyName(pattern: NamePattern): boolean {
  return pattern.kind === "pieces" && pattern.pieces.every((piece) => piece === "");
}

export function matchesName(pattern: NamePattern, step: string): boolean {
  switch (pattern.kind) {
    case "text":
      return pattern.text === step;
    case "index": {
      const index = /^\d+$/.test(step) ? Number(step) : -1;
      return index >= pattern.from && index < pattern.to;
    }
    case "pieces":
      return matchesPieces(pattern.pieces, step);
  }
}

function matchesPieces([first = "", ...others]: readonly string[], step: string): boolean {
  if (!step.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of others.entries()) {
    const isLast = index === others.length - 1;
    const found = isLast ? step.length - piece.length : step.indexOf(piece, at + 1);
    if (found <= at || !step.startsWith(piece, found)) return false;
    at = found + piece.length;
  }
  return at === step.length;
}
