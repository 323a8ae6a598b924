import { type Attribute, type Constant, DATA_TYPE, type GraphNode } from "./graph-def.ts";
import { neededNodes } from "./needed-nodes.ts";
import type { Recording } from "./recording.ts";

/** A variable of the program; tensors are told by the binding's numbers. */
export interface ProgramVariable {
  readonly shape: readonly number[];
  /** Its tensor when the recording began. */
  readonly before: number;
  /** Its tensor when the recording was over. */
  readonly after: number;
}

export interface ProgramInput {
  readonly shape: readonly number[];
  readonly dataType: number;
  readonly tensor: number;
}

/** An update in place, which takes the place of the operations that made its results. */
export interface ProgramUpdate {
  readonly operation: string;
  /** Attributes that are false. */
  readonly flags: readonly string[];
  /** Weights and state, by their places among the variables. */
  readonly variables: readonly number[];
  readonly inputs: readonly number[];
  /** What the weights are set to first. */
  readonly start: number | undefined;
  /** What the variables hold after it, in their order. */
  readonly results: readonly number[];
}

export interface ProgramParts {
  readonly recording: Recording;
  readonly variables: readonly ProgramVariable[];
  readonly inputs: readonly ProgramInput[];
  readonly updates: readonly ProgramUpdate[];
  /** A number that must be finite, or no variable is changed. */
  readonly guard: number;
  readonly outputs: readonly number[];
  /** The values of a tensor that was there before the recording. */
  capture(tensor: number): Constant;
}

/** What the run of a graph whose guard is not finite says. */
export const GUARD_MESSAGE = "the loss is not finite";

/** Nodes that a program is driven by; all but the last two have a number behind the name. */
export const NODE = {
  input: "input",
  output: "output",
  read: "read",
  write: "write",
  /** Output 0, once all variables are changed. */
  done: "done",
  /** Once all variables are written. */
  written: "written",
} as const;

const FLOAT_VARIABLE: Readonly<Record<string, Attribute>> = { dtype: { type: DATA_TYPE.float } };
const FLOAT: Readonly<Record<string, Attribute>> = { T: { type: DATA_TYPE.float } };

/**
 * The graph of a recorded step.
 *
 * Every variable is read once, before it is changed. What the recording left in it is assigned, save
 * where an update in place has put it there. Changes wait for the guard, a CheckNumerics, which
 * fails the whole run and with it every change.
 */
export function programGraph(parts: ProgramParts): readonly GraphNode[] {
  const { nodes, placeOf } = recordedNodes(parts);
  const changes = [
    ...parts.updates.flatMap((update, index) => updateNodes(update, index, placeOf)),
    ...parts.variables.flatMap((variable, index) => assignment(parts, variable, index, placeOf)),
  ];
  const all = [
    ...parts.variables.flatMap(variableNodes),
    ...parts.inputs.map(({ shape, dataType }, index): GraphNode => {
      const attributes = { dtype: { type: dataType }, shape: { shape } };
      return { name: `${NODE.input}${index}`, operation: "Placeholder", inputs: [], attributes };
    }),
    ...nodes,
    {
      name: "guard",
      operation: "CheckNumerics",
      inputs: [placeOf(parts.guard)],
      attributes: { ...FLOAT, message: { text: GUARD_MESSAGE } },
    },
    ...changes,
    ...parts.outputs.map((tensor, index) => identity(`${NODE.output}${index}`, [placeOf(tensor)])),
    identity(NODE.done, [placeOf(parts.outputs[0] ?? parts.guard), ...changes.map(after)]),
    identity(NODE.written, ["zero", ...parts.variables.map((_, index) => `^set${index}`)]),
    constantNode("zero", {
      dataType: DATA_TYPE.float,
      shape: [],
      values: new Float32Array(1),
    }),
  ];
  return neededNodes(all, isRoot);
}

/** What a program is driven by; a placeholder is given values even where nothing uses them. */
function isRoot({ name, operation }: GraphNode): boolean {
  return (
    operation === "Placeholder" ||
    [NODE.done, NODE.written].some((one) => one === name) ||
    [NODE.output, NODE.read].some((one) => name.startsWith(one))
  );
}

const after = ({ name }: GraphNode) => `^${name}`;

function identity(name: string, inputs: readonly string[]): GraphNode {
  return { name, operation: "Identity", inputs, attributes: FLOAT };
}

function constantNode(name: string, constant: Constant): GraphNode {
  const attributes = { dtype: { type: constant.dataType }, value: { constant } };
  return { name, operation: "Const", inputs: [], attributes };
}

/** What was recorded, and the name under which the graph has a tensor of the recording. */
function recordedNodes(parts: ProgramParts): {
  readonly nodes: GraphNode[];
  readonly placeOf: (tensor: number) => string;
} {
  const { recording, variables, inputs, updates } = parts;
  const nodes: GraphNode[] = [];
  const places = new Map<number, string>();
  const place = (tensors: readonly number[], nameOf: (index: number) => string) => {
    for (const [index, tensor] of tensors.entries()) places.set(tensor, nameOf(index));
  };
  for (const [index, entry] of recording.entries.entries()) {
    const made = entry.kind === "constant" ? [entry.output] : entry.outputs;
    place(made, (slot) => outputName(index, slot));
  }
  place(
    variables.map(({ before }) => before),
    (index) => `${NODE.read}${index}`,
  );
  place(
    inputs.map(({ tensor }) => tensor),
    (index) => `${NODE.input}${index}`,
  );
  for (const [index, { results }] of updates.entries()) {
    place(results, (slot) => resultName(index, slot));
  }
  const placeOf = (tensor: number): string => {
    const known = places.get(tensor);
    if (known !== undefined) return known;
    const name = `captured${places.size}`;
    places.set(tensor, name);
    nodes.push(constantNode(name, parts.capture(tensor)));
    return name;
  };
  for (const [index, entry] of recording.entries.entries()) {
    const name = `n${index}`;
    if (entry.kind === "constant") nodes.push(constantNode(name, entry));
    else {
      nodes.push({
        name,
        operation: entry.name,
        inputs: entry.inputs.map(placeOf),
        attributes: entry.attributes,
      });
    }
  }
  return { nodes, placeOf };
}

const outputName = (index: number, slot: number) =>
  slot === 0 ? `n${index}` : `n${index}:${slot}`;
const resultName = (index: number, slot: number) => `result${index}_${slot}`;

function variableNodes({ shape }: ProgramVariable, index: number): readonly GraphNode[] {
  const typed = { ...FLOAT_VARIABLE, shape: { shape } };
  const name = `variable${index}`;
  const write = `${NODE.write}${index}`;
  return [
    {
      name,
      operation: "VarHandleOp",
      inputs: [],
      attributes: { ...typed, shared_name: { text: name } },
    },
    {
      name: `${NODE.read}${index}`,
      operation: "ReadVariableOp",
      inputs: [name],
      attributes: FLOAT_VARIABLE,
    },
    { name: write, operation: "Placeholder", inputs: [], attributes: typed },
    // A copy: what is written may be memory of JavaScript's, which only its own thread lets go of.
    { name: `copy${index}`, operation: "DeepCopy", inputs: [write], attributes: FLOAT },
    assign(`set${index}`, index, `copy${index}`, []),
  ];
}

function assign(
  name: string,
  variable: number,
  value: string,
  behind: readonly string[],
): GraphNode {
  const inputs = [`variable${variable}`, value, ...behind];
  return { name, operation: "AssignVariableOp", inputs, attributes: FLOAT_VARIABLE };
}

function updateNodes(
  update: ProgramUpdate,
  index: number,
  placeOf: (tensor: number) => string,
): readonly GraphNode[] {
  const [weights = 0] = update.variables;
  const behind = ["^guard", ...update.variables.map((variable) => `^${NODE.read}${variable}`)];
  const name = `update${index}`;
  const start = `start${index}`;
  const flags = Object.fromEntries(update.flags.map((flag) => [flag, { flag: false }]));
  return [
    ...(update.start === undefined ? [] : [assign(start, weights, placeOf(update.start), behind)]),
    {
      name,
      operation: update.operation,
      inputs: [
        ...update.variables.map((variable) => `variable${variable}`),
        ...update.inputs.map(placeOf),
        ...behind,
        ...(update.start === undefined ? [] : [`^${start}`]),
      ],
      attributes: { ...FLOAT, ...flags },
    },
    ...update.variables.map(
      (variable, slot): GraphNode => ({
        name: resultName(index, slot),
        operation: "ReadVariableOp",
        inputs: [`variable${variable}`, `^${name}`],
        attributes: FLOAT_VARIABLE,
      }),
    ),
  ];
}

/** Nothing where the recording left the variable as it was, or an update has put it there. */
function assignment(
  { updates }: ProgramParts,
  { before, after: value }: ProgramVariable,
  variable: number,
  placeOf: (tensor: number) => string,
): readonly GraphNode[] {
  if (before === value) return [];
  const touching = [...updates.entries()].filter(([, update]) =>
    update.variables.includes(variable),
  );
  const isThere = touching.some(
    ([, { variables, results }]) => results[variables.indexOf(variable)] === value,
  );
  if (isThere) return [];
  const behind = touching.map(([index]) => `^update${index}`);
  return [
    assign(`assign${variable}`, variable, placeOf(value), [
      "^guard",
      `^${NODE.read}${variable}`,
      ...behind,
    ]),
  ];
}
