import { describe, expect, test } from "vitest";
import { dropoutFacts } from "../../../server/src/facts/dropout.ts";
import { factsOf } from "../../support/facts-of.ts";

describe("dropoutFacts", () => {
  test.each([
    ["nn.Dropout(0.3)", 0.3, "drop", true],
    ["nn.AlphaDropout(p=0.3)", 0.3, "drop", true],
    ["F.dropout2d(x, 0.3)", 0.3, "drop", true],
    ["import keras\nkeras.layers.SpatialDropout1D(0.3)", 0.3, "drop", true],
    ["nn.GRU(8, 8, dropout=0.3)", 0.3, "drop", false],
    ["import keras\nkeras.layers.LSTM(8, recurrent_dropout=0.3)", 0.3, "drop", false],
    [
      "from transformers import BertConfig\nBertConfig(hidden_dropout_prob=0.3)",
      0.3,
      "drop",
      false,
    ],
    ["import tensorflow as tf\ntf.nn.dropout(x, keep_prob=0.3)", 0.3, "keep", true],
    ["import tensorflow as tf\ntf.nn.dropout(x, rate=0.3)", 0.3, "drop", true],
  ])("reads %j", (text, value, counts, isLayer) => {
    expect(factsOf(dropoutFacts, text)).toMatchObject([{ rate: { value }, counts, isLayer }]);
  });

  test.each(["Dropout(0.3)", "f(dropout=0.3)", "drop = 0.3"])("finds none in %j", (text) => {
    expect(factsOf(dropoutFacts, text)).toEqual([]);
  });
});
