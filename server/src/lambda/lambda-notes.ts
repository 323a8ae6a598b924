import { ASSUMED, type DescribedLambda } from "./described-lambda.ts";
import { equivalents, lossCondition } from "./equivalents.ts";
import { shortNumber } from "./number-text.ts";

const MOST_NOTES = 4;

/** A λ elsewhere, in one line. */
export interface LambdaNote {
  readonly framework: string;
  /** The call with its numbers, and what it holds for. */
  readonly text: string;
}

/** What a λ is elsewhere; only exact equivalents with other numbers. */
export function lambdaNotes(lambda: DescribedLambda): readonly LambdaNote[] {
  const { convention, values, known, assumed } = lambda;
  if (Object.values(values).every((value) => value === 0)) return [];
  const own = Object.values(values).map((value) => value.toPrecision(12));
  return equivalents(lambda)
    .flatMap((row) => {
      const { conversion, code, convention: to } = row;
      if (conversion.kind !== "exact" || code === undefined) return [];
      const numbers = Object.values(conversion.values).map((value) => value.toPrecision(12));
      // The same number again says nothing that the name of the argument does not.
      if (numbers.join() === own.join()) return [];
      const loss = lossCondition(convention, to);
      const guesses = conversion.used.flatMap((quantity) => {
        const words = assumed.has(quantity) ? ASSUMED[quantity]?.what : undefined;
        const number = shortNumber(known[quantity] ?? Number.NaN, 6);
        return words === undefined ? [] : [`assuming ${number} ${words}`];
      });
      const conditions = [...(loss === "" ? [] : [`for ${loss}`]), ...guesses].join(", ");
      const text = `${code}${conditions === "" ? "" : ` (${conditions})`}`;
      return [{ framework: to.framework, text }];
    })
    .slice(0, MOST_NOTES);
}
