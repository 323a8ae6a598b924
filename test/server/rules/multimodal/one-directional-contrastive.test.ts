import { describe, expect, test } from "vitest";
import { oneDirectionalContrastive as rule } from "../../../../server/src/rules/multimodal/one-directional-contrastive.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const loss = (body: string, tail = "") => `import torch
import torch.nn.functional as F

def loss(image_features, text_features, scale):
    labels = torch.arange(len(image_features))
    ${body.replaceAll("\n", "\n    ")}
${tail}`;

describe("one-directional-contrastive", () => {
  test("marks the loss and offers both directions", () => {
    const bad =
      "logits = scale * image_features @ text_features.t()\nreturn «F.cross_entropy(logits, labels)»";
    checkRule(
      rule,
      loss(bad),
      loss(
        "logits = scale * image_features @ text_features.t()\nreturn (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2",
      ),
    );
    expect(findingsOf(rule, loss(bad.replaceAll(/[«»]/g, "")))[0]?.message).toBe(
      "This loss asks each image for its text and no text for its image.",
    );
  });

  test.each([
    [
      "both directions",
      "logits = scale * image_features @ text_features.t()\nreturn F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)",
    ],
    [
      "the other direction as its own product",
      "a = scale * image_features @ text_features.t()\nb = scale * text_features @ image_features.t()\nreturn F.cross_entropy(a, labels) + F.cross_entropy(b, labels)",
    ],
    [
      "labels of classes",
      "return F.cross_entropy(scale * image_features @ text_features.t(), scale)",
    ],
    [
      "a recipe of several pairs",
      "a = scale * text_features @ image_features.t()\nb = scale * text_features @ fused_features.t()\nc = scale * image_features @ fused_features.t()\nreturn F.cross_entropy(a, labels) + F.cross_entropy(b, labels) + F.cross_entropy(c, labels)",
    ],
    ["one modality", "z = image_features @ image_features.t()\nreturn F.cross_entropy(z, labels)"],
    ["half-typed", "return F.cross_entropy(image_features @ text_features.t(), torch.arange("],
  ])("stays silent: %s", (_name, body) => checkRule(rule, loss(body)));

  test("stays silent where the function is called for each direction", () => {
    const body = "return F.cross_entropy(image_features @ text_features.t(), labels)";
    checkRule(rule, loss(body, "total = loss(a, b, 1) + loss(b, a, 1)\n"));
  });
});
