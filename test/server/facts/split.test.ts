import { describe, expect, test } from "vitest";
import { splitFacts } from "../../../server/src/facts/split.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Name, form and arrays of each split. */
const splits = (text: string) =>
  factsOf(splitFacts, text).map(({ name, form, arrays }) => {
    const shown = arrays.map(({ span }) => text.slice(span.start, span.end));
    return `${name} ${form} ${shown.join(" ")}`;
  });

describe("splitFacts", () => {
  test.each([
    ["train_test_split(X, y, test_size=0.2)", ["train_test_split holdout X y"]],
    ["from sklearn.model_selection import train_test_split as s\ns(X)", ["s holdout X"]],
    ["torch.utils.data.random_split(ds, [8, 2])", ["random_split holdout ds"]],
    ["KFold(5).split(X, y)", ["KFold.split folds X"]],
    ["k = StratifiedKFold()\nk.split(X=X, y=y)", ["StratifiedKFold.split folds X=X"]],
    ["cross_val_score(m, X, y)", ["cross_val_score folds X"]],
    ["GridSearchCV(SVC(), g).fit(X, y)", ["GridSearchCV.fit folds X"]],
    ["'a b'.split(' ')", []],
    ["SVC().fit(X, y)", []],
    ["train_test_split(*arrays)", []],
  ])("%j", (text, shown) => expect(splits(text)).toEqual(shown));
});
