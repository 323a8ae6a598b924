/** The character between the whole and the broken part of a number. */
export type DecimalMark = "." | ",";

/** Texts that stand for a missing value in files of R, pandas, Excel and databases. */
const MISSING: ReadonlySet<string> = new Set([
  "",
  "NA",
  "N/A",
  "n/a",
  "NaN",
  "nan",
  "null",
  "NULL",
  "None",
  "#N/A",
]);

const INFINITE: ReadonlySet<string> = new Set(["inf", "infinity"]);

export function isMissing(text: string): boolean {
  return MISSING.has(text.trim());
}

/** Value of a decimal number, or what is wrong with the text and what to do. */
export function numberOf(
  text: string,
  decimal: DecimalMark,
): number | { readonly problem: string; readonly nextStep: string } {
  const trimmed = text.trim();
  const value = decimalValue(decimal === "," ? withPoint(trimmed) : trimmed);
  if (value === undefined) return refusal(trimmed, decimal);
  if (Number.isFinite(value) && isRounded(trimmed, value)) {
    return {
      problem: `${shown(trimmed)} is beyond 2^53, which a training computes with`,
      nextStep: "Leave such columns (they are often identifiers) out, or list them as categorical",
    };
  }
  return Number.isFinite(value)
    ? value
    : { problem: `${shown(trimmed)} is too large for a number`, nextStep: "Correct the file" };
}

function refusal(text: string, decimal: DecimalMark) {
  const bare = text.replace(/^[+-]/, "").toLowerCase();
  if (INFINITE.has(bare)) {
    return {
      problem: `${shown(text)} is infinite`,
      nextStep: "Leave the cell empty, or correct it",
    };
  }
  if (decimal === "." && decimalValue(withPoint(text)) !== undefined) {
    return {
      problem: `${shown(text)} has a decimal comma`,
      nextStep: 'Set `decimal: ","` under `data`',
    };
  }
  return {
    problem: `${shown(text)} is no number`,
    nextStep: "Correct it, leave the column out of `features`, or list it under `categorical`",
  };
}

/** The text with its one comma as a point; a point that is there already makes it no number. */
function withPoint(text: string): string {
  return text.includes(".") ? `${text} .` : text.replace(",", ".");
}

function decimalValue(text: string): number | undefined {
  if (text === "" || !isDecimal(text)) return undefined;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** Only what decimal numbers are written with: `Number` also takes hexadecimal and "Infinity". */
function isDecimal(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!"0123456789.+-eE".includes(text.charAt(index))) return false;
  }
  return true;
}

/** A whole number that binary64 does not hold. */
function isRounded(text: string, value: number): boolean {
  if (Number.isSafeInteger(value) || text.length < 16) return false;
  const digits = text.replace(/^[+-]/, "");
  return (
    [...digits].every((digit) => digit >= "0" && digit <= "9") &&
    BigInt(digits) !== BigInt(Math.abs(value))
  );
}

const MAX_SHOWN = 40;

function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
