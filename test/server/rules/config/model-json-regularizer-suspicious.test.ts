import { describe, expect, test } from "vitest";
import { modelJsonRegularizerSuspicious } from "../../../../server/src/rules/config/model-json-regularizer-suspicious.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const L2 = '{"class_name": "L2", "config": {"l2": 0.001}}';
const dense = (regularizer: string, key = '"kernel_regularizer"') =>
  `{"class_name": "Dense", "config": {${key}: ${regularizer}}}`;
const model = (...layers: readonly string[]) =>
  `{"class_name": "Sequential", "config": {"layers": [${layers.join(", ")}]}}`;
const MARKED = dense("null", '"«kernel_regularizer»"');

describe("model-json-regularizer-suspicious", () => {
  test.each([
    ["strong L2", model('{"class_name": "L1L2", "config": {"l1": 0.0, "l2": «0.05»}}')],
    ["a regularizer of strength 0", '{"class_name": "L1L2", "config": {"l1": «0.0», "l2": 0}}'],
    ["strong dropout", model('{"class_name": "Dropout", "config": {"rate": «0.9»}}')],
    ["the one layer without", model(dense(L2), MARKED, dense(L2), dense(L2))],
    [
      "TensorFlow.js",
      `{"modelTopology": ${model('{"class_name": "SpatialDropout2D", "config": {"rate": «0.8»}}')}}`,
    ],
  ])("notes %s", (_what, marked) => checkRule(modelJsonRegularizerSuspicious, marked));

  test.each([
    ["usual strengths", model(L2, '{"class_name": "Dropout", "config": {"rate": 0.5}}')],
    ["L1 alone", '{"class_name": "L1", "config": {"l1": 0.5}}'],
    ["the last layer", model(dense(L2), dense(L2), dense(L2), dense("null"))],
    ["the first layer", model(dense("null"), dense(L2), dense(L2), dense(L2))],
    ["two without", model(dense(L2), dense("null"), dense("null"), dense(L2))],
    ["few layers", model(dense(L2), dense("null"), dense(L2))],
    ["what is no number", '{"class_name": "L2", "config": {"l2": null}}'],
    ["other classes", '{"class_name": "Mine", "config": {"l2": 1, "rate": 1}}'],
    ["half-typed", '{"class_name": "L2", "config": {"l2": '],
  ])("is silent: %s", (_why, code) => checkRule(modelJsonRegularizerSuspicious, code));

  test("is a hint for a model without a training configuration", () => {
    const strong = '{"class_name": "L2", "config": {"l2": 0.5}}';
    const severityOf = (code: string) =>
      findingsOf(modelJsonRegularizerSuspicious, code)[0]?.severity;
    expect(severityOf(strong)).toBe("information");
    expect(severityOf(`{"keras_version": "3", "x": ${strong}}`)).toBe("hint");
    expect(severityOf(`{"keras_version": "3", "training_config": {}, "x": ${strong}}`)).toBe(
      "information",
    );
  });
});
