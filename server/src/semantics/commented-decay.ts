import type { Span } from "../../../core/protocol/span.ts";
import type { PythonModule } from "../syntax/python/ast.ts";

/** A weight decay that a comment says another framework was trained with. */
export interface CommentedDecay {
  readonly value: number;
  readonly span: Span;
}

const FRAMEWORK = /\b(?:py)?torch\b|\bport(?:ed)?\b/i;
const DECAY = /\b(?:weight[_ ]decay|wd)\s*(?:=|:|of|is)?\s*([0-9][0-9.]*(?:e-?[0-9]+)?)/i;

/** `# torch used weight_decay=1e-4`: PyTorch's number in the comments of other code. */
export function commentedDecays(module: PythonModule): readonly CommentedDecay[] {
  return module.comments.flatMap(({ text, span }) => {
    const value = Number(DECAY.exec(text)?.[1]);
    return FRAMEWORK.test(text) && Number.isFinite(value) ? [{ value, span }] : [];
  });
}
