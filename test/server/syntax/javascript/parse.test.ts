import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { programIndex } from "../../../../server/src/semantics/program-index.ts";
import { pythonProgram } from "../../../../server/src/semantics/resolve.ts";
import {
  type JavaScriptDialect,
  parseJavaScript,
} from "../../../../server/src/syntax/javascript/parse.ts";
import { sourceOf } from "../../../../server/src/syntax/python/source-of.ts";

const programOf = (text: string, dialect: JavaScriptDialect = "ts") =>
  pythonProgram(parseJavaScript(text, dialect), "javascript");

/** Qualified names of all calls, in the order in which they stand. */
function calledNames(text: string, dialect?: JavaScriptDialect) {
  return programIndex(programOf(text, dialect))
    .calls.toSorted((a, b) => a.call.span.start - b.call.span.start)
    .map(({ qualifiedName }) => qualifiedName);
}

/** Arguments of the last call as `name=text`. */
function argumentsIn(text: string) {
  const program = programOf(text);
  return programIndex(program)
    .calls.at(-1)
    ?.call.arguments.map(({ name, splat, value }) => {
      const written = sourceOf(value, program.module);
      return name === undefined
        ? `${splat === "none" ? "" : splat}${written}`
        : `${name}=${written}`;
    });
}

describe("names", () => {
  test.each([
    ["import * as tf from '@tensorflow/tfjs'; tf.layers.dense({units: 1});"],
    ["import * as t from '@tensorflow/tfjs-node'; t.layers.dense({units: 1});"],
    ["import tf from '@tensorflow/tfjs'; tf.layers.dense({units: 1});"],
    ["import {layers as l} from '@tensorflow/tfjs-layers'; l.dense({units: 1});"],
    ["const tf = require('@tensorflow/tfjs-node-gpu'); tf.layers.dense({units: 1});"],
    ["const {layers} = require('@tensorflow/tfjs'); layers.dense({units: 1});"],
    ["import tf = require('@tensorflow/tfjs');\ntf.layers.dense({units: 1});"],
    ["const tf = await import('@tensorflow/tfjs'); tf.layers.dense({units: 1});"],
    ["tf.layers.dense({units: 1});"],
    ["const {layers: {dense}} = tf; dense({units: 1});"],
    ["const make = tf.layers.dense; make({units: 1});"],
    ["function f() { return tf.layers.dense({units: 1}); }"],
    ["class A { f = () => { tf.layers!.dense({units: 1} as any); } }"],
  ])("%s", (text) => expect(calledNames(text)).toContain("keras.layers.Dense"));

  test.each([
    ["another package", "import tf from 'tf-like'; tf.layers.dense({units: 1});"],
    ["a value of one's own", "const tf = make(); tf.layers.dense({units: 1});"],
    ["a name of Python", "np.abs(1); torch.abs(1);"],
    ["a value that a function changes", "let tf = a; function f() { tf = b; } tf.layers.dense();"],
  ])("are unknown: %s", (_name, text) =>
    expect(
      calledNames(text).filter((name) => /^(?:keras|tensorflow|numpy|torch)/.test(name ?? "")),
    ).toEqual([]),
  );

  test.each([
    ["tf.layers.conv2d({})", "keras.layers.Conv2D"],
    ["tf.layers.conv2dTranspose({})", "keras.layers.Conv2DTranspose"],
    ["tf.layers.maxPooling1d({})", "keras.layers.MaxPooling1D"],
    ["tf.layers.lstm({})", "keras.layers.LSTM"],
    ["tf.layers.batchNormalization()", "keras.layers.BatchNormalization"],
    ["tf.regularizers.l1l2()", "keras.regularizers.l1_l2"],
    ["tf.callbacks.earlyStopping()", "keras.callbacks.EarlyStopping"],
    ["tf.train.adam(0.1)", "tfjs.train.adam"],
    ["tf.sequential()", "keras.Sequential"],
    ["tf.losses.meanSquaredError(a, b)", "tensorflow.losses.mean_squared_error"],
    ["tf.squaredDifference(a, b)", "tensorflow.squared_difference"],
  ])("%s is %s", (text, name) => expect(calledNames(text)).toEqual([name]));
});

describe("arguments", () => {
  test.each([
    [
      "f(1, {kernelRegularizer: a, 'inputDim': 2, units, ...rest, [k]: 3})",
      ["1", "kernel_regularizer=a", "input_dim=2", "units=units", "**rest", "**3"],
    ],
    ["f({a: 1}, 2)", ["{a: 1}", "2"]],
    ["f(...xs /* all */, y)", ["*xs", "y"]],
    ["tf.layers.dense(options)", ["**options"]],
    ["model.fit(x, y, options)", ["x", "y", "**options"]],
    ["new Foo", []],
    ["f`text`; g(<any>x)", ["x"]],
  ])("%s", (text, expected) => expect(argumentsIn(text)).toEqual(expected));
});

test("functions in expressions are statements before them, in their own scope", () => {
  const { body } = programOf("opt.minimize(() => { const a = 1; return a; });").module;
  expect(body.map(({ kind }) => kind)).toEqual(["function", "expression"]);
});

test("functions are known before the statement that calls them", () => {
  const program = programOf("make(1);\nfunction make(x) { return x; }");
  const [site] = programIndex(program).calls;
  const callee = site?.call.callee;
  expect(callee?.kind === "name" && program.definition(callee)?.kind).toBe("defined");
});

test("JSX is read for the expressions in it", () => {
  const text = "const a = <Foo a={tf.abs(x)} {...b}>text {tf.sum(y)} <B/></Foo>;";
  expect(calledNames(text, "jsx")).toEqual(["tensorflow.abs", "tensorflow.sum"]);
});

const PIECES = [
  "const",
  "let x =",
  "tf.",
  "layers",
  ".dense(",
  "({",
  "})",
  "=>",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "...",
  "class A",
  "extends",
  "constructor",
  "async",
  "await",
  "function*",
  "yield",
  "for (",
  "of",
  "in",
  ";",
  ",",
  ":",
  "?",
  "?.",
  "!",
  "as",
  "<",
  ">",
  "/>",
  "`${",
  "`",
  "'",
  '"',
  "/",
  "//",
  "/*",
  "*/",
  "import",
  "from",
  "export",
  "default",
  "switch",
  "case",
  "try",
  "catch",
  "finally",
  "x",
  "1",
  "+=",
  "++",
  "\n",
  " ",
  "@",
  "#x",
  "enum",
  "type T =",
  "namespace",
  "=",
];
const half = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 60 })
  .map((parts) => parts.join(" "));
const dialect = fc.constantFrom<JavaScriptDialect>("jsx", "ts", "tsx");

describe("any text", () => {
  test("is parsed, with spans inside of it", () => {
    fc.assert(
      fc.property(
        fc.oneof(half, fc.string(), fc.string({ unit: "binary" })),
        dialect,
        (text, in_) => {
          const program = programOf(text, in_);
          for (const { call } of programIndex(program).calls) {
            expect(call.span.start).toBeLessThanOrEqual(call.span.end);
            expect(call.span.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["parentheses", "(".repeat(5000)],
    ["calls", `${"f(".repeat(5000)}`],
    ["members", `a${".b".repeat(5000)}`],
    ["sums", `a${" + b".repeat(5000)}`],
    ["blocks", "{".repeat(5000)],
    ["functions", "() => {".repeat(5000)],
    ["patterns", `const ${"[".repeat(5000)}`],
    ["elements", "<a>".repeat(5000)],
    ["assignments", "a = ".repeat(5000)],
    ["parenthesised patterns", `({${"a: {".repeat(5000)}`],
    ["patterns of objects", `const ${"{a: ".repeat(5000)}`],
    ["labels", "a: ".repeat(5000)],
    ["conditions", "if (a) x; else ".repeat(5000)],
  ])("is parsed however deep: %s", (_name, text) => {
    expect(() => calledNames(text, "tsx")).not.toThrow();
  });
});
