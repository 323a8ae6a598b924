import { functionTexts } from "../syntax/python/function-texts.ts";
import { NORM, SQUARED, TOTAL } from "./array-signs.ts";

const NAME = String.raw`(?:[\w.]*[_.])?(?:l[12]|norm|penalty|reg|regulari[sz](?:er|ation))(?:_\w+)?`;
const NAMED = new RegExp(
  String.raw`[-+*][ \t(]*${NAME}(?![\w(.])|(?<![\w.])${NAME}[ \t)]*[-+*]`,
  "i",
);
const MAP = /\*\* ?\(?2|\b(?:pow|power|square|abs|absolute|fabs)\s*\(/;
const MAXIMUM = /\bmax\s*\(/;
const SCALED_SUM = /[+-][^\n]*\*|\*[^\n]*[+-]/;

/** Whether code may add up norms of arrays, told without parsing it. */
export function mayAddNorms(code: string): boolean {
  return functionTexts(code).some(
    (text) =>
      SCALED_SUM.test(text) &&
      (NORM.test(text) ||
        (MAP.test(text) && (TOTAL.test(text) || MAXIMUM.test(text))) ||
        NAMED.test(text) ||
        SQUARED.test(text)),
  );
}
