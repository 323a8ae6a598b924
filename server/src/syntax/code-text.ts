import { type FunctionSign, functionPieces, signBits } from "./python/function-signs.ts";

/** The part of a text that counts, without comments; decoded and taken apart only when asked for. */
export interface CodeText {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Whether another version of nearly the same code is likely to follow, as in an editor. */
  readonly isEdited: boolean;
  /** The text; of edited code cut before each line that begins a function or a class. */
  readonly parts: readonly string[];
  /**
   * The texts of those Python functions that have a sign of each list, with what is defined within
   * them and what stands behind them; what stands before them all, or in a class before its methods,
   * counts as one, too.
   */
  functionsWith(...signs: readonly (readonly FunctionSign[])[]): readonly string[];
}

/** `test`, with its answer for a text remembered: rules share it. */
export function askedOnce(test: (code: CodeText) => boolean): (code: CodeText) => boolean {
  const known = new WeakMap<CodeText, boolean>();
  return (code) => {
    const answer = known.get(code) ?? test(code);
    known.set(code, answer);
    return answer;
  };
}

const DECODER = new TextDecoder();

/** @param bytes UTF-8. */
export function codeText(bytes: Uint8Array, isEdited: boolean): CodeText {
  let whole: string | undefined;
  let functions: readonly FunctionText[] | undefined;
  return {
    bytes,
    isEdited,
    get parts() {
      return isEdited ? this.functionsWith() : [this.text];
    },
    get text() {
      whole ??= DECODER.decode(bytes);
      return whole;
    },
    functionsWith(...signs) {
      functions ??= functionTexts(bytes);
      const wanted = signs.map(signBits);
      return functions
        .filter(({ bits }) => wanted.every((some) => (bits & some) !== 0))
        .map((item) => item.text);
    },
  };
}

interface FunctionText {
  readonly bits: number;
  readonly text: string;
}

function functionTexts(bytes: Uint8Array): readonly FunctionText[] {
  return functionPieces(bytes).map(({ start, end, bits }) => {
    let text: string | undefined;
    return {
      bits,
      get text() {
        text ??= DECODER.decode(bytes.subarray(start, end));
        return text;
      },
    };
  });
}
