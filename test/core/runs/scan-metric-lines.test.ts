import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJsonLines } from "../../../core/formats/json-lines.ts";
import { parseMetricLine } from "../../../core/protocol/parse-run-files.ts";
import { createMetricColumns } from "../../../core/runs/metric-columns.ts";
import { createMetricLineScanner } from "../../../core/runs/scan-metric-lines.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function contents(columns: ReturnType<typeof createMetricColumns>) {
  return {
    lines: [columns.steps(), columns.epochs(), columns.times()],
    metrics: columns.names().map((name) => [name, columns.column(name)]),
  };
}

function scanned(text: string) {
  const columns = createMetricColumns();
  const epochs: number[][] = [];
  const scan = createMetricLineScanner(columns, (step, epoch) => void epochs.push([step, epoch]));
  const { problems, lines, consumedBytes } = scan(bytesOf(text));
  return { ...contents(columns), problems, counts: [lines, consumedBytes], epochs };
}

/** The same by a parser of JSON and the decoder of a line. */
function parsed(text: string) {
  const columns = createMetricColumns();
  const epochs: number[][] = [];
  const { values, problems, lines, consumedBytes } = parseJsonLines(bytesOf(text));
  const wrong = [...problems];
  for (const { line, value } of values) {
    const found = parseMetricLine(value);
    if (typeof found === "string") wrong.push({ line, message: found });
    else {
      columns.add(found);
      epochs.push([found.step, found.epoch]);
    }
  }
  wrong.sort((a, b) => a.line - b.line);
  return { ...contents(columns), problems: wrong, counts: [lines, consumedBytes], epochs };
}

const name = fc.constantFrom("train/loss", "train/penalty", "λ", 'a"b', "constructor", "x\\y");
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<number | string>("NaN", "Infinity", 0, -0, 1e300),
);
const line = fc.record({
  step: fc.oneof({ weight: 9, arbitrary: fc.nat(500) }, { weight: 1, arbitrary: fc.constant(-3) }),
  epoch: fc.nat(9),
  time: fc.double({ min: 0, max: 2e9, noNaN: true }),
  values: fc.dictionary(name, number, { maxKeys: 6 }),
});
const text = fc.oneof(
  { weight: 12, arbitrary: line.map((one) => JSON.stringify(one)) },
  {
    weight: 1,
    arbitrary: line.map((one) => JSON.stringify(one, undefined, 1).replaceAll("\n", " ")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "\r", "nonsense", "[]", '{"step":1}', "{", "\u0000"),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(line, fc.nat(200)).map(([one, cut]) => JSON.stringify(one).slice(0, cut)),
  },
);

describe("createMetricLineScanner()", () => {
  test("reads the same as a parser of JSON, whatever the lines are", () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 30 }),
        fc.constantFrom("\n", "\r\n"),
        (lines, end) => {
          const whole = lines.join(end);
          expect(scanned(whole)).toEqual(parsed(whole));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("finds metrics that come and go from line to line", () => {
    const at = (step: number, values: object) =>
      JSON.stringify({ step, epoch: 0, time: 1, values });
    const lines = [
      at(1, { a: 1, b: 2 }),
      at(2, { b: 3 }),
      at(3, { c: 4, a: 5, b: 6 }),
      at(4, {}),
      at(5, { a: 7, b: 8 }),
    ];
    const whole = `${lines.join("\n")}\n{"step":6`;
    expect(scanned(whole)).toEqual(parsed(whole));
    expect(scanned(whole).metrics.map(([metric]) => metric)).toEqual(["a", "b", "c"]);
  });
});
