/** What a character begins. */
const OTHER = 0;
export const SPACE = 1;
export const LINE_BREAK = 2;
export const LETTER = 3;
export const DIGIT = 4;
export const QUOTE = 5;
export const HASH = 6;
export const BACKSLASH = 7;
export const OPERATOR = 8;

const CLASSES: readonly (readonly [number, string])[] = [
  [SPACE, " \t\f"],
  [LINE_BREAK, "\n\r"],
  [LETTER, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"],
  [DIGIT, "0123456789"],
  [QUOTE, "'\""],
  [HASH, "#"],
  [BACKSLASH, "\\"],
  [OPERATOR, "()[]{},:;.=@+-*/%<>&|^~!"],
];

const ASCII_CLASSES = new Uint8Array(128);
for (const [kind, characters] of CLASSES) {
  for (const character of characters) ASCII_CLASSES[character.charCodeAt(0)] = kind;
}

export function classOf(code: number, text: string, at: number): number {
  if (code < 128) return ASCII_CLASSES[code] ?? OTHER;
  if (/^\p{ID_Start}/u.test(wholeCharacter(text, at))) return LETTER;
  // A no-break space or a byte order mark amid code came with a paste.
  return /^\s/.test(text.charAt(at)) ? SPACE : OTHER;
}

/** UTF-16 units of the identifier character at `at`; 0 where there is none. */
export function nameUnits(code: number, text: string, at: number): number {
  if (code < 128) {
    const kind = ASCII_CLASSES[code];
    return kind === LETTER || kind === DIGIT ? 1 : 0;
  }
  const character = wholeCharacter(text, at);
  return /^\p{ID_Continue}/u.test(character) ? character.length : 0;
}

function wholeCharacter(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

export const isDigit = (code: number) => code >= 48 && code <= 57;
