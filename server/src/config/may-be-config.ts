import type { LintDocument } from "../engine/document.ts";

/** Words of Python files that are configs: of MMEngine and its kin, and of Detectron2. */
const PYTHON_SIGNS = ["_base_", "optim_wrapper", "Lazy", "model_zoo"];
const PYTHON_SIGN = /\b(?:_base_|optim_wrapper|LazyCall|LazyConfig|model_zoo\.get_config)\b/;

/** The same for the look at a file before it is parsed; they may stand in comments. */
export const CONFIG_MENTIONS = [
  [
    "#\b_base_\b",
    "#\boptim_wrapper\b",
    "#\blazycall\b",
    "#\blazyconfig\b",
    "#model_zoo.get_config",
  ],
] as const;

/** Whether a document may be a config at all; Python seldom is. */
export function mayBeConfig({ language, text }: Pick<LintDocument, "language" | "text">): boolean {
  return (
    language !== "python" ||
    (PYTHON_SIGNS.some((sign) => text.includes(sign)) && PYTHON_SIGN.test(text))
  );
}
