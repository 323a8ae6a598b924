import { describe, expect, test } from "vitest";
import { modelChoiceFacts } from "../../../server/src/facts/model-choice.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Means, part and proof of each choice. */
const choices = (text: string) =>
  factsOf(modelChoiceFacts, text).map(
    ({ means, scored }) => `${means.name} ${scored.role.part} ${scored.role.proof}`,
  );

const loader = "loader = DataLoader(CIFAR10(r, train=False))\n";

describe("modelChoiceFacts", () => {
  test.each([
    [
      `${loader}acc = evaluate(net, loader)\nif acc > best:\n    torch.save(net, p)`,
      ["save test split"],
    ],
    [
      `${loader}acc = evaluate(net, loader)\nif best_acc < acc:\n    w = copy.deepcopy(net.state_dict())`,
      ["deepcopy test split"],
    ],
    [
      `${loader}l = evaluate(net, loader)\nif l < min_loss:\n    min_loss = l\n    counter = 0\nelse:\n    counter += 1`,
      ["counter test split"],
    ],
    [
      `${loader}def test():\n    correct = 0\n    for x, y in loader:\n        correct += (net(x) == y).sum()\n    acc = correct / 9\n    if acc > best_acc:\n        torch.save(net, p)`,
      ["save test split"],
    ],
    [
      `${loader}def test():\n    n = 0\n    for i, (x, y) in enumerate(loader):\n        n += ok(net(x), y)\n    return n\nfor e in range(9):\n    a = test()\n    if a > best:\n        save_model(net)`,
      ["save_model test split"],
    ],
    [
      `${loader}acc = evaluate(net, loader)\nis_best = acc > best\nsave_checkpoint(net, is_best)`,
      ["save_checkpoint test split"],
    ],
    [
      `${loader}acc = evaluate(net, loader)\nis_best = acc > best\nif is_best:\n    torch.save(net, p)`,
      ["save test split"],
    ],
    ["acc = evaluate(net, val_loader)\nif acc > best:\n    torch.save(net, p)", []],
    [
      "acc = evaluate(net, test_loader)\nif acc > best:\n    torch.save(net, p)",
      ["save test name"],
    ],
    ["acc = evaluate(net, train_loader)\nif acc > best:\n    torch.save(net, p)", []],
    [`${loader}val_acc = evaluate(net, loader)\nif val_acc > best:\n    torch.save(net, p)`, []],
    [`${loader}acc = evaluate(net, loader)\nif acc > 0.9:\n    torch.save(net, p)`, []],
    [`${loader}acc = evaluate(net, loader)\nif acc > best:\n    best = acc`, []],
    [
      "m.fit(a, b, validation_data=(X_test, y_test), callbacks=[EarlyStopping()])",
      ["EarlyStopping test name"],
    ],
    [
      "from keras.datasets import mnist\n(a, b), (c, d) = mnist.load_data()\ncb = ModelCheckpoint(p, save_best_only=True)\nm.fit(a, b, validation_data=(c, d), callbacks=[cb])",
      ["ModelCheckpoint test split"],
    ],
    ["m.fit(a, b, validation_data=(X_test, y_test), callbacks=[ModelCheckpoint(p)])", []],
    [
      "m.fit(a, b, validation_data=(X_test, y_test), callbacks=[EarlyStopping(monitor='loss')])",
      [],
    ],
    ["m.fit(a, b, validation_data=(X_test, y_test))", []],
    [
      "a, X_test = train_test_split(X)\nm.fit(a, b, eval_set=[(a, b), (X_test, d)], early_stopping_rounds=9)",
      ["early_stopping_rounds test split"],
    ],
    [
      "m = XGBClassifier(early_stopping_rounds=9)\nm.fit(a, b, eval_set=[(X_test, d)])",
      ["early_stopping_rounds test name"],
    ],
    ["m.fit(a, b, eval_set=[(X_test, d)], early_stopping_rounds=None)", []],
    [
      "t = Trainer(callbacks=[EarlyStopping(monitor='val_loss')])\nt.fit(m, train_loader, val_dataloaders=test_loader)",
      ["EarlyStopping test name"],
    ],
    [
      "from datasets import load_dataset\nd = load_dataset('x')\na = TrainingArguments(load_best_model_at_end=True)\nTrainer(model=m, args=a, eval_dataset=d['test'])",
      ["load_best_model_at_end test split"],
    ],
    ["a = TrainingArguments(o)\nTrainer(model=m, args=a, eval_dataset=d['test'])", []],
    ["if a > best:\n    save(", []],
  ])("%j", (text, shown) => expect(choices(text)).toEqual(shown));
});
