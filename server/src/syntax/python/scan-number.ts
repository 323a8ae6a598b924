import { isDigit } from "./characters.ts";

const UNDERSCORE = 95;
const POINT = 46;

function digitsEnd(text: string, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); isDigit(code) || code === UNDERSCORE; ) {
    end += 1;
    code = text.charCodeAt(end);
  }
  return end;
}

function isHexDigit(code: number): boolean {
  const folded = code | 32;
  return isDigit(code) || code === UNDERSCORE || (folded >= 97 && folded <= 102);
}

/** End of the number whose first digit, or point before a digit, is at `start`. */
export function numberEnd(text: string, start: number): number {
  const letter = text.charCodeAt(start) === 48 ? text.charCodeAt(start + 1) | 32 : 0;
  // 0x1F, 0o17, 0b11
  if (letter === 120 || letter === 111 || letter === 98) {
    let end = start + 2;
    const isIn = letter === 120 ? isHexDigit : (code: number) => isDigit(code) || code === 95;
    while (isIn(text.charCodeAt(end))) end += 1;
    return end;
  }
  let end = digitsEnd(text, start);
  if (text.charCodeAt(end) === POINT) end = digitsEnd(text, end + 1);
  end = exponentEnd(text, end);
  return (text.charCodeAt(end) | 32) === 106 ? end + 1 : end;
}

/** `1else` has no exponent, `1e5` and `1e-5` have. */
function exponentEnd(text: string, at: number): number {
  if ((text.charCodeAt(at) | 32) !== 101) return at;
  const sign = text.charCodeAt(at + 1);
  const first = sign === 43 || sign === 45 ? at + 2 : at + 1;
  return isDigit(text.charCodeAt(first)) ? digitsEnd(text, first) : at;
}
