import { describe, expect, test } from "vitest";
import { testSetUsedForSelection as rule } from "../../../../server/src/rules/selection/test-set-used-for-selection.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const loader = "loader = DataLoader(MNIST(r, train=False))\n";
const save = "\n    torch.save(net.state_dict(), p)";
const keras = "from keras.datasets import mnist\n(a, b), (X_test, d) = mnist.load_data()\n";
const stop = "callbacks=[EarlyStopping(patience=3)]";

describe("test-set-used-for-selection", () => {
  test.each([
    ["a saved epoch", `${loader}acc = evaluate(net, loader)\nif «acc > best»:${save}`],
    ["a smaller loss", `${loader}l = evaluate(net, loader)\nif «l <= best_loss»:${save}`],
    [
      "a loop of one's own",
      `${loader}n = 0\nfor x, y in loader:\n    n += (net(x) == y).sum().item()\nacc = n / 10000\nif «acc > best»:${save}`,
    ],
    [
      "one of two conditions",
      `${loader}acc = evaluate(net, loader)\nif epoch > 9 and «acc > best»:${save}`,
    ],
    [
      "a method",
      `class T:\n    def run(self):\n        loader = DataLoader(MNIST(r, train=False))\n        acc = evaluate(self.net, loader)\n        if «acc > self.best»:\n            torch.save(self.net, p)`,
    ],
    ["Keras", `${keras}m.fit(a, b, «validation_data=(X_test, d)», ${stop})\nm.evaluate(X_test, d)`],
    [
      "an alias",
      `from tensorflow.keras import callbacks as c\n${keras}m.fit(a, b, «validation_data=(X_test, d)», callbacks=[c.EarlyStopping()])\nm.predict(X_test)`,
    ],
    [
      "boosting",
      "A, X_test, c, y_test = train_test_split(X, y)\nm.fit(A, c, «eval_set=[(X_test, y_test)]», early_stopping_rounds=9)\nprint(accuracy_score(y_test, m.predict(X_test)))",
    ],
    [
      "transformers",
      "from datasets import load_dataset\nd = load_dataset('x')\nargs = TrainingArguments(o, load_best_model_at_end=True)\nt = Trainer(m, args, train_dataset=d['train'], «eval_dataset=d['test']»)\nt.evaluate()",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, code));

  test.each([
    [
      "validation data",
      `a, v = torch.utils.data.random_split(MNIST(r, train=True), [5, 1])\nval_loader = DataLoader(v)\nacc = evaluate(net, val_loader)\nif acc > best:${save}`,
    ],
    [
      "test data called validation data",
      `val_loader = DataLoader(MNIST(r, train=False))\nacc = evaluate(net, val_loader)\nif acc > best:${save}`,
    ],
    [
      "held-out rows that no name calls test",
      `A, B, c, d = train_test_split(X, y)\nacc = evaluate(net, B, d)\nif acc > best:${save}`,
    ],
    [
      "both",
      `${loader}acc = evaluate(net, loader)\nv = evaluate(net, val_loader)\nscore = v\nif score > best:${save}`,
    ],
    ["a score that is only kept", `${loader}acc = evaluate(net, loader)\nbest = max(acc, best)`],
    ["every epoch saved", `${loader}acc = evaluate(net, loader)\ntorch.save(net, p)`],
    ["nothing reported", `${keras}m.fit(a, b, validation_data=(X_test, d), ${stop})`],
    [
      "monitored without a choice",
      `${keras}m.fit(a, b, validation_data=(X_test, d))\nm.evaluate(X_test, d)`,
    ],
    [
      "the training loss",
      `${keras}m.fit(a, b, validation_data=(X_test, d), callbacks=[EarlyStopping(monitor="loss")])\nm.evaluate(X_test, d)`,
    ],
    ["a limit", `${loader}acc = evaluate(net, loader)\nif acc > 0.99:${save}`],
    ["splats", "m.fit(a, b, **options)"],
    ["half a line", `${loader}acc = evaluate(net, loader)\nif acc > best:`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("is only an information where nothing but a name says test, and silent in tests", () => {
    const code = `acc = evaluate(net, test_loader)\nif acc > best:${save}`;
    expect(findingsOf(rule, code).map(({ severity }) => severity)).toEqual(["information"]);
    expect(findingsOf(rule, code, { path: "tests/test_a.py" })).toEqual([]);
  });

  test("names the loader of batches that were moved", () => {
    const code = `${loader}n = 0\nfor i, (x, y) in enumerate(loader):\n    x, y = x.to(d), y.to(d)\n    n += (net(x) == y).sum().item()\nif n > best:${save}`;
    expect(findingsOf(rule, code).map(({ message }) => message)).toEqual([
      "The model is chosen by its score on `loader`, the test set, so that score is too good to be reported.",
    ]);
  });

  test("lets Keras hold rows back", () => {
    checkRule(
      rule,
      `${keras}m.fit(a, b, «validation_data=(X_test, d)», ${stop})\nm.evaluate(X_test, d)`,
      `${keras}m.fit(a, b, validation_split=0.1, ${stop})\nm.evaluate(X_test, d)`,
    );
  });
});
