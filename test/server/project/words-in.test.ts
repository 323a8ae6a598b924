import fc from "fast-check";
import { expect, test } from "vitest";
import { hasWord, wordsIn } from "../../../server/src/project/words-in.ts";

test("hasWord() finds whole words only", () => {
  const words = wordsIn("cfg.weight_decay = 'lr' # x2");
  for (const word of ["cfg", "weight_decay", "lr", "x2"]) expect(hasWord(words, word)).toBe(true);
  for (const word of ["weight", "decay", "x", ""]) expect(hasWord(words, word)).toBe(false);
});

test("every run of letters, digits and underscores is found", () => {
  const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (list) => {
      const words = wordsIn(list.join(" -"));
      return list.every((item) => hasWord(words, item));
    }),
  );
});
