import { describe, expect, test } from "vitest";
import { experimentLayer, hasSameModel } from "../../../server/src/config/experiment-layers.ts";
import { parseYaml } from "../../../server/src/syntax/config/yaml.ts";

const TOWERS = `model:
  type: towers
  shared: [64, 48]
  embedding: 32
  private: { image: [128], text: [96, 80] }
  private_part: [24]
`;
const CNN = "model:\n  type: cnn\n  channels: [8, 16]\n  hidden:\n    - 10\n    - 20\n";

function textFor(text: string, name: string) {
  const found = experimentLayer(parseYaml(text), name);
  if (found === undefined) return undefined;
  const { span, key, isAround } = found;
  return `${key} = ${text.slice(span.start, span.end)}${isAround ? " (around)" : ""}`;
}

describe("experimentLayer", () => {
  test.each([
    [CNN, "conv2.weight", "model.channels[1] = 16"],
    [CNN, "fc1.weight", "model.hidden[0] = 10"],
    [CNN, "fc2.bias", "model.hidden[1] = 20"],
    [CNN, "fc3.weight", "model.type = cnn"],
    [CNN, "fc9.weight", "model.hidden[8] = hidden (around)"],
    ["model: { type: cnn }\n", "conv1.weight", "model.channels[0] = model (around)"],
    ["model: { type: mlp, hidden: [] }\n", "fc1.weight", "model.type = mlp"],
    ["model: { type: softmax }\n", "coef", "model.type = softmax"],
    ["model: { type: linear }\n", "fc.weight", "model.type = linear"],
    ["model: { type: bilstm, layers: 2 }\n", "lstm.layer1.backward.weight_ih", "model.layers = 2"],
    [TOWERS, "image.fc1.weight", "model.private.image[0] = 128"],
    [TOWERS, "text.fc2.bias", "model.private.text[1] = 80"],
    [TOWERS, "image.conv2.weight", "model.private.image = image"],
    [TOWERS, "shared.fc2.weight", "model.shared[1] = 48"],
    [TOWERS, "shared.out.weight", "model.embedding = 32"],
    [TOWERS, "image.private.fc1.weight", "model.private_part[0] = 24"],
    [TOWERS, "head.weight", "model.type = towers"],
    [TOWERS, "video.fc1.weight", undefined],
    [TOWERS, "fc1.weight", undefined],
    ["model: { type: kmeans }\n", "fc1.weight", undefined],
    ["data: {}\n", "fc1.weight", undefined],
  ])("of %j: %s is made by %s", (text, name, expected) => {
    expect(textFor(text, name)).toBe(expected);
  });
});

test.each([
  ["model: { type: mlp, hidden: [8] }\n", "model:\n  hidden:\n    - 8\n  type: mlp\n", true],
  ["model: { type: mlp, hidden: [8] }\n", "model: { type: mlp, hidden: [9] }\n", false],
  ["name: a\nmodel: { type: mlp }\n", "name: b\nmodel: { type: mlp }\n", true],
])("hasSameModel() of %j and %j is %s", (a, b, expected) => {
  expect(hasSameModel(parseYaml(a), parseYaml(b))).toBe(expected);
});
