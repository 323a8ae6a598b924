import { expect, test } from "vitest";
import { offsetPenaltyFacts } from "../../../server/src/facts/offset-penalty.ts";
import { factsOf } from "../../support/facts-of.ts";

test("offsetPenaltyFacts reads the penalties of biases and norms, not of weights", () => {
  const code = `from keras import layers, regularizers
a = layers.Dense(4, kernel_regularizer="l2", bias_regularizer=regularizers.l2(0.1))
b = layers.BatchNormalization(gamma_regularizer=regularizers.l1(0.2), beta_regularizer=None)
c = layers.Dense(4, bias_regularizer=make())
`;
  const found = factsOf(offsetPenaltyFacts, code).map(({ norm, coefficient, argument }) => [
    argument.name,
    norm,
    coefficient?.value,
  ]);
  expect(found).toEqual([
    ["bias_regularizer", "l2", 0.1],
    ["gamma_regularizer", "l1", 0.2],
  ]);
});
