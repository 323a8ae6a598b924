import { callsOf } from "../calls.ts";
import { inCall, lineAt, numberIn, renamed, replaced } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

const SKLEARN = /\bsklearn\b/;

/** scikit-learn's own split, and no function of the same name. */
const SPLITS =
  /from sklearn\.model_selection import [^\n]*train_test_split|\bmodel_selection\.train_test_split/;

const SPLIT = [
  "from sklearn.model_selection import train_test_split",
  "from sklearn.preprocessing import StandardScaler",
  "from sklearn.linear_model import LogisticRegression",
  "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
];

export const selectionMutators: readonly Mutator[] = [
  {
    code: "NL901",
    language: "python",
    mistake: "scores on the training data",
    needs: SKLEARN,
    changes: ({ code }) => {
      if (!SPLITS.test(code) || /accuracy_score|_report\(|_error\(|cross_val/.test(code))
        return undefined;
      const scores = [...callsOf(code, /score/)].filter(
        ({ arguments: given }) => given.length === 2,
      );
      const [only] = scores;
      const [x, y] = only?.arguments ?? [];
      if (scores.length !== 1 || x === undefined || y === undefined) return undefined;
      if (!/test/i.test(x.value)) return undefined;
      const train = (name: string) => name.replace("test", "train");
      if (!code.includes(`fit(${train(x.value)}, ${train(y.value)})`)) return undefined;
      return [{ start: x.start, end: y.end, newText: `${train(x.value)}, ${train(y.value)}` }];
    },
    example: [
      ...SPLIT,
      "clf = LogisticRegression()",
      "clf.fit(X_train, y_train)",
      "print(clf.score(X_test, y_test))",
      "",
    ].join("\n"),
  },
  {
    code: "NL901",
    language: "python",
    mistake: "names a score on the training data a test score",
    needs: SKLEARN,
    changes: replaced(
      /(test\w*(?:score|acc\w*) *= *\w+\.score\()(\w*[Xx]_?test\w*), *(\w*y_?test\w*)\)/i,
      (match) =>
        `${match[1]}${match[2]?.replace("test", "train")}, ${match[3]?.replace("test", "train")})`,
    ),
    example: [
      ...SPLIT,
      "clf = LogisticRegression().fit(X_train, y_train)",
      "test_score = clf.score(X_test, y_test)",
      "",
    ].join("\n"),
  },
  {
    code: "NL902",
    language: "python",
    mistake: "scales before it splits",
    needs: SKLEARN,
    elsewhere: /\btests?\b|test_/,
    changes: inCall(/train_test_split/, (call, { text, code }) => {
      const [x] = call.arguments;
      if (x === undefined || x.keyword !== undefined || !/^(X|features)\w*$/.test(x.value)) {
        return undefined;
      }
      if (/Scaler|PCA\(|Imputer/.test(code) || !SPLITS.test(code)) return undefined;
      const line = lineAt(text, call.start);
      const indent = /^\s*/.exec(line.text)?.[0] ?? "";
      return [
        {
          start: line.start,
          end: line.start,
          newText: [
            "from sklearn.preprocessing import StandardScaler",
            "scaler = StandardScaler()",
            `${x.value} = scaler.fit_transform(${x.value})`,
          ]
            .map((added) => `${indent}${added}\n`)
            .join(""),
        },
      ];
    }),
    example: [
      "from sklearn.model_selection import train_test_split",
      "X_train, X_test, y_train, y_test = train_test_split(X, y)",
      "clf.fit(X_train, y_train)",
      "",
    ].join("\n"),
  },
  {
    code: "NL902",
    language: "python",
    mistake: "fits the scaler to all rows, then splits",
    needs: /train_test_split/,
    changes: ({ code, text }) => {
      const split = /^( *)\w+, *\w+, *\w+, *\w+ = train_test_split\((\w+), .*\)\n/m.exec(code);
      const fit = /^( *)(\w+) = (\w+)\.fit_transform\((\w*train\w*)\)\n/im.exec(code);
      const test = /^( *)(\w+) = (\w+)\.transform\((\w*test\w*)\)\n/im.exec(code);
      if (split === null || fit === null || test === null) return undefined;
      if (!(split.index < fit.index && fit.index < test.index)) return undefined;
      const made = new RegExp(`^( *)${fit[3]} = \\w+\\(.*\\)\\n`, "m").exec(code);
      if (made === null || made.index < split.index || fit[2] !== fit[4]) return undefined;
      const remove = ({ index, 0: whole }: RegExpExecArray) => ({
        start: index,
        end: index + whole.length,
        newText: "",
      });
      const added = `${text.slice(made.index, made.index + made[0].length)}${split[1]}${split[2]} = ${fit[3]}.fit_transform(${split[2]})\n`;
      return [
        { start: split.index, end: split.index, newText: added },
        remove(made),
        remove(fit),
        remove(test),
      ];
    },
    example: [
      ...SPLIT,
      "sc = StandardScaler()",
      "X_train = sc.fit_transform(X_train)",
      "X_test = sc.transform(X_test)",
      "clf = LogisticRegression().fit(X_train, y_train)",
      "",
    ].join("\n"),
  },
  {
    code: "NL903",
    language: "python",
    mistake: "chooses the best epoch on the test set",
    needs: TORCH,
    without: /\btest_(loader|dataloader|iterator)\b/,
    changes: ({ code, text }) => {
      if (!/\bif \w*(acc|loss|score|f1)\w* [<>]=? ?(self\.)?best/i.test(code)) return undefined;
      if (!/torch\.save\(|save_checkpoint\(/.test(code)) return undefined;
      const names = /\b(val|valid|validation)_(loader|dataloader|iterator)\b/g;
      const found = [...code.matchAll(names)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        newText: `test_${match[2]}`,
      }));
      return found.length > 0 && text.length > 0 ? found : undefined;
    },
    example: [
      "import torch",
      "best_acc = 0",
      "for epoch in range(10):",
      "    train(net, train_loader)",
      "    acc = evaluate(net, val_loader)",
      "    if acc > best_acc:",
      "        best_acc = acc",
      '        torch.save(net.state_dict(), "best.pt")',
      "",
    ].join("\n"),
  },
  {
    code: "NL903",
    language: "python",
    mistake: "gives the test set to early stopping",
    needs: /EarlyStopping|save_best_only/,
    changes: inCall(/fit/, (call, { code }) => {
      const given = call.arguments.find(({ keyword }) => keyword === "validation_data");
      if (given === undefined || !/callbacks.*stop/i.test(code.slice(call.open, call.close))) {
        return undefined;
      }
      const test =
        /\((\w*[xX]_test\w*), (\w*y_test\w*)\)|\b(test_(?:ds|dataset|set|generator))\b/.exec(code);
      return test === null
        ? undefined
        : [{ start: given.valueStart, end: given.end, newText: test[0] }];
    }),
    example: [
      "import keras",
      'early_stopping = keras.callbacks.EarlyStopping("val_loss")',
      "model.fit(x_train, y_train, validation_data=(x_val, y_val), callbacks=[early_stopping])",
      "print(model.evaluate(x_test, y_test))",
      "model.evaluate((x_test, y_test))",
      "",
    ].join("\n"),
  },
  {
    code: "NL904",
    language: "python",
    mistake: "gives labels to PCA, k-means or a scaler",
    needs: SKLEARN,
    changes: ({ code }) => {
      const made =
        /^\s*(\w+) = (?:\w+\.)*(?:PCA|KMeans|StandardScaler|MinMaxScaler|NMF|TruncatedSVD)\(/gm;
      if (!/sklearn\.(decomposition|cluster|preprocessing)|import preprocessing/.test(code)) {
        return undefined;
      }
      for (const { 1: name } of code.matchAll(made)) {
        // Given another value elsewhere, the name may stand for something else.
        if ([...code.matchAll(new RegExp(`\\b${name} = `, "g"))].length !== 1) continue;
        const fit = new RegExp(`\\b${name}\\.fit\\((\\w+)\\)`).exec(code);
        if (fit === null) continue;
        const end = fit.index + fit[0].length - 1;
        const labels = fit[1]?.replace(/^X/, "y") ?? "y";
        return [{ start: end, end, newText: `, ${labels === fit[1] ? "y" : labels}` }];
      }
      return undefined;
    },
    example: "from sklearn.decomposition import PCA\npca = PCA(2)\npca.fit(X)\n",
  },
  {
    code: "NL906",
    language: "python",
    mistake: "classifies the target of a regression",
    needs: SKLEARN,
    changes: inCall(/LinearRegression|Ridge|Lasso/, (call, { code, text }) => {
      if (
        !/^\w+, *\w+ = (make_regression|load_diabetes|fetch_california_housing|load_boston)\(/m.test(
          code,
        ) ||
        !/from sklearn\.linear_model import|sklearn\.linear_model\./.test(code)
      )
        return undefined;
      const line = lineAt(text, call.start);
      const classifier = "LogisticRegression";
      return [
        {
          start: line.start,
          end: line.start,
          newText: `${/^\s*/.exec(line.text)?.[0]}from sklearn.linear_model import ${classifier}\n`,
        },
        { start: call.start, end: call.close + 1, newText: `${classifier}()` },
      ];
    }),
    example: [
      "from sklearn.datasets import load_diabetes",
      "from sklearn.linear_model import Ridge",
      "X, y = load_diabetes(return_X_y=True)",
      "model = Ridge(1.0).fit(X, y)",
      "",
    ].join("\n"),
  },
  {
    code: "NL907",
    language: "python",
    mistake: "fits the scaler again, to the test rows",
    needs: SKLEARN,
    changes: ({ code, text }) => {
      const test = /, *(\w+), *\w+, *\w+ = (?:\w+\.)*train_test_split\(/.exec(code)?.[1];
      for (const call of callsOf(code, /transform/)) {
        const [given] = call.arguments;
        const owner = call.name.split(".").at(-2);
        if (given === undefined || call.arguments.length !== 1) continue;
        if (given.value !== test || owner === undefined || !SPLITS.test(code)) continue;
        const made = new RegExp(
          `\\b${owner} = (\\w+\\.)*(\\w+Scaler|PCA|\\w+Vectorizer|\\w+Imputer)\\(`,
        );
        if (!made.test(code)) continue;
        const before = text.slice(0, call.start);
        if (!new RegExp(`\\b${owner}\\.fit(_transform)?\\(\\w*train`, "i").test(before)) continue;
        return [renamed(call, "fit_transform")];
      }
      return undefined;
    },
    example: [
      ...SPLIT,
      "sc = StandardScaler()",
      "X_train = sc.fit_transform(X_train)",
      "X_test = sc.transform(X_test)",
      "",
    ].join("\n"),
  },
  {
    code: "NL909",
    language: "python",
    mistake: "searches λ in a narrow grid",
    needs: SKLEARN,
    changes: replaced(/np\.logspace\(-\d+, *\d+(?:, *(?:num=)?\d+)?\)/, (match, { code }) =>
      /alpha|["']C["']/.test(lineAt(code, match.index ?? 0).text) ? "[0.1, 0.2, 0.3]" : undefined,
    ),
    example: [
      "import numpy as np",
      "from sklearn.linear_model import RidgeCV",
      "model = RidgeCV(alphas=np.logspace(-6, 6, 13))",
      "",
    ].join("\n"),
  },
  {
    code: "NL909",
    language: "python",
    mistake: "leaves the ends of a grid out",
    needs: /GridSearchCV/,
    changes: replaced(/(["'](?:\w+__)?(?:C|alpha)["']: *)\[([^\]\n]*)\]/, (match) => {
      const numbers = (match[2] ?? "").split(",").map((item) => numberIn(item.trim()));
      const isWide = numbers.every((n) => n !== undefined && n > 0);
      return isWide &&
        Math.max(...numbers.map((n) => n ?? 0)) >= 100 * Math.min(...numbers.map((n) => n ?? 0))
        ? `${match[1]}[0.5, 1, 2]`
        : undefined;
    }),
    example: [
      "from sklearn.model_selection import GridSearchCV",
      "from sklearn.linear_model import LogisticRegression",
      'search = GridSearchCV(LogisticRegression(), {"C": [0.001, 0.01, 0.1, 1, 10, 100]})',
      "",
    ].join("\n"),
  },
  {
    code: "NL910",
    language: "python",
    mistake: "forgets model.eval()",
    needs: /nn\.Dropout|BatchNorm/,
    changes: ({ code }) => {
      const calls = [...code.matchAll(/^( *)((?:\w+\.)*(?:model|net))\.eval\(\)\n/gm)];
      const [only] = calls;
      if (only === undefined || calls.length !== 1) return undefined;
      const model = only[2] ?? "";
      const made = new RegExp(`\\b${model} = (\\w+)\\(`).exec(code)?.[1];
      const isBuilt = made !== undefined && code.includes(`class ${made}(`);
      const judged = code.slice(only.index, only.index + 1500);
      const isJudged =
        /no_grad\(\)/.test(judged) &&
        /correct|accuracy|\bacc\b/.test(judged) &&
        judged.includes(`${model}(`);
      if (!isBuilt || !isJudged || !code.includes(`${model}.train()`)) return undefined;
      return [{ start: only.index, end: only.index + only[0].length, newText: "" }];
    },
    example: [
      "import torch",
      "from torch import nn",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.fc = nn.Linear(8, 2)",
      "        self.drop = nn.Dropout(0.5)",
      "    def forward(self, x):",
      "        return self.fc(self.drop(x))",
      "model = Net()",
      "model.train()",
      "for x, y in loader:",
      "    loss = nn.functional.cross_entropy(model(x), y)",
      "    loss.backward()",
      "    opt.step()",
      "model.eval()",
      "with torch.no_grad():",
      "    for x, y in test_loader:",
      "        correct += (model(x).argmax(1) == y).sum().item()",
      "",
    ].join("\n"),
  },
];
