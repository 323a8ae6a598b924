import { describe, expect, test } from "vitest";
import { trainingScoreFacts } from "../../../server/src/facts/training-score.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Form and subject of each score. */
const scores = (text: string) =>
  factsOf(trainingScoreFacts, text).map((fact) =>
    fact.form === "label" ? `label ${fact.label}` : `estimator ${fact.score.estimator.name}`,
  );

const loader = "loader = DataLoader(MNIST(r, train=True))\n";

describe("trainingScoreFacts", () => {
  test.each([
    ["m = SVC().fit(X, y)\nm.score(X, y)", ["estimator SVC"]],
    ["m = SVC().fit(X, y)\nm.score(A, b)", []],
    [`${loader}test_acc = evaluate(net, loader)`, ["label test_acc"]],
    [`${loader}test_loss, test_acc = net.evaluate(loader)`, ["label test_loss"]],
    [`${loader}print("Test accuracy:", evaluate(net, loader))`, ["label Test accuracy:"]],
    [`${loader}print(f"Validation loss {evaluate(net, loader):.3f}")`, ["label Validation loss"]],
    [`${loader}print("Test accuracy: %f" % evaluate(net, loader))`, ["label Test accuracy: %f"]],
    [
      `${loader}n = 0\nfor x, y in loader:\n    n += ok(net(x), y)\nprint("Test accuracy:", n / 9)`,
      ["label Test accuracy:"],
    ],
    [`${loader}loss_val = f(net, loader)`, []],
    ["a, b = train_test_split(X)\nprint('Validation accuracy', cross_val_score(m, a, y))", []],
    ["a, b = train_test_split(X)\nprint('Cross-validation accuracy', f(m, a))", []],
    [`${loader}test_size = len(loader)`, []],
    [`${loader}print("Testing", len(loader), "of it, accuracy follows")`, []],
    [`${loader}train_acc = evaluate(net, loader)`, []],
    [`${loader}print("Train and test accuracy", evaluate(net, loader))`, []],
    [`${loader}test_acc = evaluate(net, loader, test_loader)`, []],
    [
      `${loader}n = 0\nfor x in loader:\n    n += f(x)\nn = 0\nfor x in test_loader:\n    n += f(x)\nprint("Test accuracy:", n)`,
      [],
    ],
    ["test_acc = evaluate(net, loader)", []],
    ["print('Test accuracy:', acc", []],
  ])("%j", (text, shown) => expect(scores(text)).toEqual(shown));
});
