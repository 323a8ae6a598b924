import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkText } from "../../server/src/engine/check-text.ts";
import { lineIndex } from "../../server/src/engine/line-index.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/python");

/** Faults that each program was written with, by the code that they stand on. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  "image_classifier.py": ["NL101 optimizer = optim.Adam(model.parameters())"],
  "penalty_counted_twice.py": [
    "NL303 return np.abs(w).sum() + lambda_ * np.abs(w).sum()",
    "NL303 return np.square(w).sum() + lambda_ * np.square(w).sum()",
  ],
  "ridge_by_hand.py": [
    "NL311 gradient = 2 / m * X.T.dot(X.dot(theta) - y) + lambda_ / m * np.dot(theta, theta)",
    "NL312 gradient = 2 / m * X.T.dot(X.dot(theta) - y) + lambda_ / m * np.dot(theta, theta)",
  ],
  "ridge_elementwise.py": [],
  "text_classifier.py": ["NL102 optimizer = optim.Adam(model.parameters())"],
  "threshold_weights.py": [
    "NL602 clipped[i, j] = threshold * np.sign(clipped[i, j])",
    "NL601 if np.abs(pruned[i, j]) >= threshold * largest:",
  ],
  "two_modalities.py": [
    "NL904 joint = PCA(n_components=2).fit(image_features, text_features)",
    'NL901 print("accuracy:", round(model.score(image_features, labels), 3))',
    "NL906 return LogisticRegression().fit(image_features, text_features[:, 0])",
  ],
};

test("every example has its list of faults", () => {
  expect(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(".py"))
      .toSorted(),
  ).toEqual(Object.keys(FAULTS).toSorted());
});

test.each(Object.entries(FAULTS))(
  "examples/python/%s has the faults it shows, no other",
  (name, faults) => {
    const text = readFileSync(path.join(FOLDER, name), "utf8");
    const lines = lineIndex(text);
    const document = { path: name, language: "python", text, project: NO_PROJECT } as const;
    const found = checkText(document, selectRules({})).map(({ code, span }) => {
      const { start, end } = lines.lineSpan(lines.positionAt(span.start).line);
      return `${code} ${text.slice(start, end).trim()}`;
    });
    expect(found).toEqual(faults);
  },
);
