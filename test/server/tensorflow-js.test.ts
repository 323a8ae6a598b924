import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../server/src/engine/check-document.ts";
import { checkText } from "../../server/src/engine/check-text.ts";
import { hasRuleFor } from "../../server/src/engine/has-rule-for.ts";
import { parse } from "../../server/src/engine/parse.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { lambdaValueFacts } from "../../server/src/facts/lambda-value.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";

const ALL = selectRules({});

const documentOf = (text: string, path = "train.ts") =>
  ({ path, language: "javascript", text, project: NO_PROJECT }) as const;

/** Code and marked text of every finding. */
const findingsIn = (text: string, path?: string) =>
  checkText(documentOf(text, path), ALL).map(
    ({ code, span }) => `${code} ${text.slice(span.start, span.end)}`,
  );

const IMPORT = 'import * as tf from "@tensorflow/tfjs";\n';

describe("findings in JavaScript and TypeScript", () => {
  test.each([
    ["an alias", 'import * as t from "@tensorflow/tfjs-node";\nt.layers.dropout({rate: 50});'],
    [
      "a part of the library",
      'import {layers} from "@tensorflow/tfjs-layers";\nlayers.dropout({rate: 50});',
    ],
    ["CommonJS", 'const tf = require("@tensorflow/tfjs");\ntf.layers.dropout({rate: 50});'],
    [
      "a taken apart module",
      'const {layers: l} = require("@tensorflow/tfjs");\nl.dropout({rate: 50});',
    ],
    ["a script of a page", "tf.layers.dropout({rate: 50});"],
    ["a method", `${IMPORT}export class A { build(): void { tf.layers.dropout({rate: 50}); } }`],
    ["options of their own", `${IMPORT}const options = {rate: 50};\ntf.layers.dropout(options);`],
    ["a number with a name", `${IMPORT}const RATE = 50;\ntf.layers.dropout({rate: RATE});`],
    [
      "a callback",
      `${IMPORT}button.onclick = async () => { use(tf.layers.dropout({rate: 50})); };`,
    ],
  ])("NL205 through %s", (_name, text) =>
    expect(findingsIn(text)).toEqual([expect.stringMatching(/^NL205 /)]),
  );

  test("stand beside JSX", () => {
    const text = `${IMPORT}export const App = () => <b onClick={() => tf.layers.dropout({rate: 2})}>{"go"}</b>;\n`;
    expect(findingsIn(text, "app.jsx")).toEqual(["NL205 rate: 2"]);
    expect(findingsIn(text, "app.tsx")).toEqual(["NL205 rate: 2"]);
  });

  test("stand between types", () => {
    const text = `${IMPORT}interface A<T> { a?: T }\nfunction f<T extends A<T>>(x: T): tf.layers.Layer { return tf.layers.dropout({ rate: 2 } as any)!; }\n`;
    expect(findingsIn(text)).toEqual(["NL205 rate: 2"]);
  });

  test.each([
    ["a rate that a caller gives", "const f = ({rate = 50}) => tf.layers.dropout({rate});"],
    ["an unknown rate", "tf.layers.dropout({rate: options.rate});"],
    ["options that may bring anything", "tf.layers.dense({units: 4096, ...options});"],
    [
      "a strong penalty of a small layer",
      "tf.layers.dense({units: 4, kernelRegularizer: tf.regularizers.l2({l2: 0.1})});",
    ],
    [
      "a weak penalty",
      "tf.layers.dense({units: 4096, kernelRegularizer: tf.regularizers.l2({l2: 1e-4})});",
    ],
    [
      "a penalty on a bias that is said to be wanted",
      "tf.layers.dense({units: 4, biasRegularizer: /* centred */ tf.regularizers.l2({l2: 1e-3})});",
    ],
    [
      "a penalty of 0 on a bias",
      "tf.layers.dense({units: 4, biasRegularizer: tf.regularizers.l2({l2: 0})});",
    ],
    ["a schedule of one's own", "myOptimizer({weightDecay: 1e-4});"],
  ])("silent: %s", (_name, code) => expect(findingsIn(IMPORT + code)).toEqual([]));

  test.each([
    ["another library", 'import tf from "other";\ntf.layers.dropout({rate: 50});'],
    ["Python's names", "torch.nn.Dropout(50); np.abs(1); // tensorflow"],
    ["a test", `${IMPORT}tf.layers.dropout({rate: 50});`, "train.test.ts"],
  ])("silent: %s", (_name, text, path = "train.ts") => expect(findingsIn(text, path)).toEqual([]));
});

const MODEL = [
  "const model = tf.sequential();",
  "model.add(tf.layers.conv2d({filters: 8, kernelSize: 3, inputShape: [28, 28, 1]}));",
  "model.add(tf.layers.flatten());",
  "model.add(tf.layers.dense({units: 64}));",
  "model.add(tf.layers.dense({units: 10}));",
];
const COMPILE = 'model.compile({optimizer: "adam", loss: "categoricalCrossentropy"});';
const FIT = "await model.fit(xs, ys, {epochs: 10});";
const training = (...lines: readonly string[]) => IMPORT + lines.join("\n");

describe("a training that nothing regularizes", () => {
  test.each([
    ["an optimizer by its name", [...MODEL, COMPILE, FIT], 'NL101 "adam"'],
    [
      "an optimizer of its own",
      [
        ...MODEL,
        "const opt = tf.train.sgd(0.1);",
        'model.compile({optimizer: opt, loss: "x"});',
        FIT,
      ],
      "NL101 tf.train.sgd",
    ],
    [
      "a data set",
      [...MODEL, COMPILE, "await model.fitDataset(data, {epochs: 1});"],
      'NL101 "adam"',
    ],
    [
      "layers in a list",
      [
        "const model = tf.sequential({layers: [tf.layers.dense({units: 9}), tf.layers.dense({units: 9}), tf.layers.dense({units: 1})]});",
        COMPILE,
        FIT,
      ],
      'NL101 "adam"',
    ],
    [
      "dropout alone",
      [...MODEL, "model.add(tf.layers.dropout({rate: 0.5}));", COMPILE, FIT],
      'NL102 "adam"',
    ],
  ])("is reported with %s", (_name, lines, expected) =>
    expect(findingsIn(training(...lines))).toEqual([expected]),
  );

  test.each([
    [
      "layer penalties",
      [
        ...MODEL,
        "model.add(tf.layers.dense({units: 1, kernelRegularizer: 'l1l2'}));",
        COMPILE,
        FIT,
      ],
    ],
    [
      "penalties in options",
      [
        "const options = {units: 1, kernelRegularizer: r};",
        ...MODEL,
        "model.add(tf.layers.dense(options));",
        COMPILE,
        FIT,
      ],
    ],
    [
      "an added pretrained model",
      [...MODEL, "model.add(await tf.loadLayersModel(url));", COMPILE, FIT],
    ],
    ["a loaded model", ["const model = await tf.loadLayersModel(url);", COMPILE, FIT]],
    ["a model of another file", ['import {model} from "./model";', COMPILE, FIT]],
    [
      "samples that are made on the way",
      [
        ...MODEL,
        COMPILE,
        "const data = tf.data.generator(play);",
        "await model.fitDataset(data, {epochs: 1});",
      ],
    ],
    ["frozen layers", [...MODEL, "model.layers[0].trainable = false;", COMPILE, FIT]],
    ["a model that is never trained here", [...MODEL, COMPILE]],
    ["reinforcement learning", [...MODEL, COMPILE, FIT, "function replayBuffer() {}"]],
    [
      "a straight line",
      [
        "const model = tf.sequential();",
        "model.add(tf.layers.dense({units: 1, inputShape: [1]}));",
        "model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});",
        FIT,
      ],
    ],
  ])("silent with %s", (_name, lines) => expect(findingsIn(training(...lines))).toEqual([]));

  test.each([
    [
      "early stopping",
      "await model.fit(xs, ys, {callbacks: tf.callbacks.earlyStopping({patience: 3})});",
    ],
    [
      "a weight constraint",
      "model.add(tf.layers.dense({units: 1, kernelConstraint: tf.constraints.maxNorm(2)}));",
    ],
    ["noise", "model.add(tf.layers.gaussianNoise({stddev: 0.1}));"],
    ["flipped images", "const flipped = tf.image.flipLeftRight(images);"],
  ])("is no NL101 with %s", (_name, line) => {
    const found = findingsIn(training(...MODEL, line, COMPILE, FIT));
    expect(found.filter((finding) => finding.startsWith("NL101"))).toEqual([]);
  });
});

const minimised = (body: string) =>
  `${IMPORT}const w = tf.variable(tf.randomNormal([64, 1]));\n${body}`;

describe("penalties in a loop of one's own", () => {
  test.each([
    [
      "a function body",
      "opt.minimize(() => { const loss = tf.losses.meanSquaredError(y, f(x)); return tf.sub(loss, tf.mul(lambda, tf.sum(tf.square(w)))); });",
      "NL305",
    ],
    [
      "tidy",
      "opt.minimize(() => tf.tidy(() => { const loss = tf.losses.meanSquaredError(y, f(x)); return loss.sub(w.square().sum()); }));",
      "NL305",
    ],
    [
      "variableGrads",
      "const {value, grads} = tf.variableGrads(() => tf.losses.meanSquaredError(y, f(x)).sub(w.square().sum()));",
      "NL305",
    ],
    [
      "a function with a name",
      "function cost() { const loss = tf.losses.meanSquaredError(y, f(x)); return loss.add(w.sum().mul(lambda)); }\nopt.minimize(cost);",
      "NL304",
    ],
  ])("are followed through %s", (_name, body, code) =>
    expect(findingsIn(minimised(body)).map((found) => found.split(" ")[0])).toEqual([code]),
  );

  test.each([
    [
      "a sound L2 penalty",
      "opt.minimize(() => tf.losses.meanSquaredError(y, f(x)).add(w.square().sum().mul(lambda)));",
    ],
    [
      "a sound L1 penalty",
      "opt.minimize(() => tf.losses.meanSquaredError(y, f(x)).add(tf.mul(lambda, tf.sum(tf.abs(w)))));",
    ],
    [
      "what is maximised",
      "const reward = () => tf.losses.meanSquaredError(y, f(x)).sub(w.square().sum());",
    ],
    ["a difference of predictions", "opt.minimize(() => f(x).sub(y).square().mean());"],
  ])("silent: %s", (_name, body) => expect(findingsIn(minimised(body))).toEqual([]));

  const penalised = `${IMPORT}const model = tf.sequential({layers: [tf.layers.dense({units: 1, kernelRegularizer: tf.regularizers.l2()})]});\n`;
  const step = "opt.minimize(() => tf.losses.meanSquaredError(y, model.predict(x)));";
  test("NL105 when the penalties of layers are left out", () =>
    expect(findingsIn(penalised + step)).toEqual([expect.stringMatching(/^NL105 /)]));
  test.each([
    [
      "they are added",
      `opt.minimize(() => tf.addN([tf.losses.meanSquaredError(y, model.predict(x)), ...model.calculateLosses()]));`,
    ],
    ["`fit` adds them", `${step}\nmodel.fit(x, y);`],
    [
      "another model is trained",
      `opt.minimize(() => tf.losses.meanSquaredError(y, other.predict(x)));`,
    ],
  ])("NL105 is silent when %s", (_name, body) => expect(findingsIn(penalised + body)).toEqual([]));
});

describe("comments", () => {
  test.each([
    ["tf.layers.dropout({rate: 50}); // normlens: ignore[NL205]"],
    ["// normlens: ignore[NL205]\ntf.layers.dropout({rate: 50});"],
    ["/* normlens: ignore-file[NL205] */\n\ntf.layers.dropout({rate: 50});"],
  ])("silence: %s", (text) => expect(findingsIn(text)).toEqual([]));
});

describe("λ", () => {
  test.each([
    ["tf.regularizers.l2({l2: 0.5})", ["tfjs-l2 l2=0.5"]],
    ["tf.regularizers.l1({l1: 0.5})", ["tfjs-l1 l1=0.5"]],
    ["tf.regularizers.l1l2({l1: 0.5, l2: 0.1})", ["tfjs-l1l2 l1=0.5", "tfjs-l1l2 l2=0.1"]],
    ["tf.regularizers.l2(options)", []],
  ])("of %s", (text, expected) => {
    const document = documentOf(text);
    const facts = lambdaValueFacts.extract(parse(document), document);
    expect(
      facts.map((fact) => `${fact.convention} ${fact.parameter}=${fact.values[fact.parameter]}`),
    ).toEqual(expected);
  });
});

describe("what has nothing to do with TensorFlow.js", () => {
  test.each([
    ["other code", "export const dropout = ({rate}) => rate * 50;"],
    ["a name that ends like it", "printf.dropout(50); selftf.x"],
    ["a bundle", `tf.layers.dropout({rate:50});${"a=1;".repeat(5000)}`],
  ])("is not even parsed: %s", (_name, text) =>
    expect(hasRuleFor(documentOf(text), RULES)).toBe(false),
  );
});

const EXAMPLES = RULES.flatMap(({ docs: { javascript } }) =>
  javascript === undefined ? [] : [javascript.bad, javascript.good],
);

test("half-typed code is checked without a fault", () => {
  const cut = fc
    .constantFrom(...EXAMPLES)
    .chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length), fc.nat(30)))
    .map(([text, at, gap]) => text.slice(0, at) + text.slice(at + gap));
  fc.assert(
    fc.property(cut, (text) => {
      const document = documentOf(text);
      const findings = checkDocument(document, parse(document), ALL);
      for (const { span } of findings) expect(span.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 150 },
  );
});
