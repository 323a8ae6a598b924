import { NORM, SQUARED, TOTAL } from "../math/array-signs.ts";
import { byText } from "../syntax/by-text.ts";
import { askedOnce } from "../syntax/code-text.ts";
import {
  isModelName,
  isParametersName,
  isWeightName,
  normInName,
  PARAMETERS_NAME,
  WEIGHT_NAME,
} from "./training-names.ts";

/** What a name has in it that speaks of a penalty. */
const CORE = /l[12]|reg|penalt|lasso|ridge|decay/gi;

const WEIGHTS =
  /\.(?:weight|kernel|coef_|in_proj_weight|weight_[ih]h_l0|parameters|state_dict|get_weights)\b(?!["']|\.(?:dtype|device|shape)\b)|_parameters\b|\btrainable_|\b(?:Parameter|add_weight|get_variable|create_parameter|param)\(/;
const NAMED_WEIGHTS = new RegExp(String.raw`(?<![\w.])${WEIGHT_NAME}(?![\w=(])`);
const NAMED_PARAMETERS = new RegExp(String.raw`(?<![\w.])${PARAMETERS_NAME}(?![\w=(])`, "i");
/** `self.w`, `net.weights`: an array of a model by its name. */
const OWN_WEIGHTS = new RegExp(String.raw`\.${WEIGHT_NAME}(?![\w("'])`);
/** What code calls its weights, or reads them from. */
const ALL_WEIGHTS = [WEIGHTS, NAMED_WEIGHTS, NAMED_PARAMETERS, OWN_WEIGHTS];

/**
 * Whether code may compute a norm of weights, told without parsing it: one of its functions has
 * weights and makes one number of many.
 */
export const mayComputeNorm = askedOnce(
  (code) =>
    code
      .functionsWith(["total", "norm", "product"], ["weights"])
      .some((text) => totalsWeights(text, code)) ||
    code.functionsWith(["total", "norm", "product"]).some((text) => renames(text, code)),
);

const totalsWeights = byText(
  (text) =>
    (TOTAL.test(text) || NORM.test(text) || SQUARED.test(text)) &&
    ALL_WEIGHTS.some((weights) => weights.test(text)),
);

/** `from numpy.linalg import norm as n` */
const RENAMED =
  /\bimport\b[^\n]*\b(?:sum|mean|average|norm|reduce|l2_loss|dot|vdot|inner|matmul|mm)\s+as\b/;

const renames = byText((text) => RENAMED.test(text));

/** Whether code may hold a penalty: one that it computes, or one of which a name tells. */
export const mayPenalise = askedOnce(
  (code) =>
    code.functionsWith(["penalty"]).some((text) => namesPenalty(text, code)) ||
    mayComputeNorm(code),
);

const namesPenalty = byText(isNamed);

/** A model or weights, going by the last of its names. */
function isModelOrWeights(path: string): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  return isModelName(name) || isWeightName(name) || isParametersName(name);
}

function isNamed(text: string): boolean {
  let end = 0;
  for (const { index } of text.matchAll(CORE)) {
    if (index < end) continue;
    const start =
      index - (/\w*$/.exec(text.slice(Math.max(0, index - LONGEST), index))?.[0].length ?? 0);
    const name = /^\w*/.exec(text.slice(start, start + LONGEST))?.[0] ?? "";
    end = start + name.length;
    const behind = text.slice(end, end + LONGEST);
    if (
      CALL.test(behind)
        ? isPenaltyCall(name, behind)
        : isPenalty(name, text.charAt(start - 1), behind)
    )
      return true;
  }
  if (!text.includes(".losses")) return false;
  // The penalties that Keras keeps of its layers.
  for (const [, owner = ""] of text.matchAll(/(\w+)\.losses\b/g))
    if (isModelName(owner)) return true;
  return false;
}

const LONGEST = 120;
const CALL = /^\s*\(/;

/** `l2(net)` and `net.l2_penalty()`. */
function isPenaltyCall(name: string, behind: string): boolean {
  if (normInName(name.replace(/^(?:get|compute|calc|calculate)_/, "")) === undefined) return false;
  const [, argument = "", next] = /^\s*\(\s*([\w.]*)\s*(.?)/.exec(behind) ?? [];
  const isWhole = next === "," || next === ")";
  return !isWhole || argument === "" || isModelOrWeights(argument);
}

/** A variable that is read, and no coefficient. */
const isPenalty = (name: string, before: string, behind: string): boolean =>
  before !== "." &&
  !/^\s*(?::|=(?!=))/.test(behind) &&
  !/decay/i.test(name) &&
  normInName(name) !== undefined;
