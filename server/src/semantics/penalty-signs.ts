import { NORM, SQUARED, TOTAL } from "../math/array-signs.ts";
import { functionTexts } from "../syntax/python/function-texts.ts";

/** A name that says penalty: `l2`, `reg_loss`, `weightDecay`, `model.losses`. */
const NAMED =
  /(?:^|[^a-z])(?:l[12]|reg|regulari[sz](?:ation|er)|penalt(?:y|ies)|lasso|ridge|weight_?decay)(?![a-z])|\.losses\b/im;
const NAMED_WITHIN =
  /[a-z](?:L[12]|Reg|Regulari[sz](?:ation|er)|Penalt(?:y|ies)|Lasso|Ridge)(?![a-z])/;

const WEIGHTS =
  /\.(?:weight|kernel|coef_|in_proj_weight|weight_[ih]h_l0|parameters|state_dict|get_weights)\b|_parameters\b|\btrainable_|\b(?:Parameter|add_weight|get_variable|create_parameter|param)\(|(?<![\w.])(?:_?(?:w|W|[tT]heta|weights?|kernel|coefs?_?)(?:_?\d+|_[a-z]{1,3})?_?|(?:\w+_)?(?:params|parameters|variables|trainables?))(?![\w=(])/;
/** `self.w`, `net.weights`: an array of a model by its name. */
const OWN_WEIGHTS =
  /\.(?:_?(?:w|W|[tT]heta|weights?|kernel|coefs?_?)(?:_?\d+|_[a-z]{1,3})?_?)(?![\w(])/;

let last = { code: "", mayPenalise: false };

/**
 * Whether code may compute a norm of weights, told without parsing it: a name says so, or one of
 * its functions has weights and makes one number of many.
 */
export function mayPenalise(code: string): boolean {
  if (last.code !== code) last = { code, mayPenalise: isNamed(code) || isComputed(code) };
  return last.mayPenalise;
}

const isNamed = (code: string) => NAMED.test(code) || NAMED_WITHIN.test(code);

function isComputed(code: string): boolean {
  return functionTexts(code).some(
    (text) =>
      (TOTAL.test(text) || NORM.test(text) || SQUARED.test(text)) &&
      (WEIGHTS.test(text) || OWN_WEIGHTS.test(text)),
  );
}
