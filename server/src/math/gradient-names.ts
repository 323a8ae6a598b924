import { wordsOf } from "../semantics/identifier-words.ts";

const GRADIENT_NAME =
  /^(?:(?:.*[._])?(?:grads?|gradients?)(?:_\w+)?|g|d[wW]\d?|d_?(?:theta|beta|weights?)|d_[wW]\w*|dJ(?:_?d\w+)?|dL_?d[wW]|nabla\w*)$/;
/** Quantities that are made of gradients and are none. */
const OF_GRADIENT =
  /penalty|norm|clip|scale|loss|check|count|steps$|descent|ascent|path|history|mean|var|std|max|min|sum/i;
const LOSS_NAME =
  /^(?:(?:.*[._])?(?:loss|losses|costs?|objective|obj|risk|energy|nll|squared?_errors?)(?:_(?:\w+))?|J(?:_\w+)?|mse|sse|rss)$/i;
/** Measured for show, maximised, or on other data. */
const OTHER_NAME =
  /likelihood|reward|elbo|valid|val_|_val|test|eval|best|prev|old|grad|d_?loss|dloss/i;

/** `self.cost_function` of `self.costFunction`. */
const snakeCase = (name: string): string =>
  name
    .split(".")
    .map((part) => wordsOf(part).join("_"))
    .join(".");

export const isGradientName = (name: string): boolean =>
  GRADIENT_NAME.test(name) && !OF_GRADIENT.test(name) && !/(?:^|_)step$/.test(name);

/** Whether a function is named after the gradient that it returns. */
export const isGradientFunction = (name: string): boolean =>
  !OF_GRADIENT.test(name) && (GRADIENT_NAME.test(name) || GRADIENT_NAME.test(snakeCase(name)));

export const isLossName = (name: string): boolean =>
  !OTHER_NAME.test(name) && (LOSS_NAME.test(name) || LOSS_NAME.test(snakeCase(name)));

const GENERAL = new Set(
  "a calc calculate calculation compute computer cost costs d deriv descent dj error errors find for func function functions get grad gradient gradients history j loss losses my of run square squared steep step sum the update value".split(
    " ",
  ),
);

/** What a name is about besides being a loss or a gradient: `ridge` of `ridge_cost`. */
export const topicOf = (name: string): string =>
  wordsOf(name)
    .filter((word) => !GENERAL.has(word))
    .join(" ");
