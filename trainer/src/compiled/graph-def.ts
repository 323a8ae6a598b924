import { bytesField, floatField, varintField } from "../../../core/formats/protobuf.ts";

/**
 * TensorFlow's graphs as bytes.
 *
 * @see https://github.com/tensorflow/tensorflow/tree/v2.15.1/tensorflow/core, the messages of
 * framework/graph.proto, node_def.proto, attr_value.proto, tensor.proto and
 * protobuf/saved_model.proto, meta_graph.proto; the numbers below are their fields.
 */
const utf8 = new TextEncoder();

/** Numbers of the data types that are used here, as in types.proto. */
export const DATA_TYPE = { float: 1, int32: 3, bool: 10 } as const;

/** Version of the graph's producer: what TensorFlow 2.15 writes. */
const PRODUCER = 1645;

/** From this many equal elements on a constant is written as one element, which TensorFlow repeats. */
const REPEATED_FROM = 16;

/** Values of an attribute of an operation. */
export type Attribute =
  | { readonly type: number }
  | { readonly text: string }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly flag: boolean }
  | { readonly shape: readonly number[] }
  | { readonly constant: Constant };

export interface Constant {
  readonly dataType: number;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /** Names of other nodes: "n3", "n3:1" for its second output, "^n3" to come after it. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

const text = (field: number, value: string) => bytesField(field, utf8.encode(value));

/** The bytes of `saved_model.pb` with the one graph of `nodes` under `tag`. */
export function savedModel(nodes: readonly GraphNode[], tag: string): Uint8Array {
  const versions = bytesField(4, varintField(1, PRODUCER));
  const graph = Buffer.concat([...nodes.map((node) => bytesField(1, nodeDef(node))), versions]);
  const metaInfo = bytesField(1, text(4, tag));
  const metaGraph = Buffer.concat([metaInfo, bytesField(2, graph)]);
  return Buffer.concat([varintField(1, 1), bytesField(2, metaGraph)]);
}

function nodeDef({ name, operation, inputs, attributes }: GraphNode): Uint8Array {
  return Buffer.concat([
    text(1, name),
    text(2, operation),
    ...inputs.map((input) => text(3, input)),
    ...Object.entries(attributes).map(([key, value]) =>
      bytesField(5, Buffer.concat([text(1, key), bytesField(2, attributeValue(value))])),
    ),
  ]);
}

function attributeValue(attribute: Attribute): Uint8Array {
  if ("type" in attribute) return varintField(6, attribute.type);
  if ("text" in attribute) return text(2, attribute.text);
  if ("integer" in attribute) return varintField(3, signed(attribute.integer));
  if ("float" in attribute) return floatField(4, attribute.float);
  if ("flag" in attribute) return varintField(5, Number(attribute.flag));
  if ("shape" in attribute) return bytesField(7, tensorShape(attribute.shape));
  if ("constant" in attribute) return bytesField(8, tensorValue(attribute.constant));
  const list =
    "integers" in attribute
      ? attribute.integers.map((value) => varintField(3, signed(value)))
      : attribute.floats.map((value) => floatField(4, value));
  return bytesField(1, Buffer.concat(list));
}

/** Negative numbers are written as the 64 bits of their two's complement. */
function signed(value: number): bigint {
  return BigInt.asUintN(64, BigInt(value));
}

function tensorShape(shape: readonly number[]): Uint8Array {
  return Buffer.concat(shape.map((length) => bytesField(2, varintField(1, length))));
}

function tensorValue({ dataType, shape, values }: Constant): Uint8Array {
  const head = [varintField(1, dataType), bytesField(2, tensorShape(shape))];
  const [first = 0] = values;
  const isRepeated =
    values.length >= REPEATED_FROM && values.every((value: number) => Object.is(value, first));
  if (isRepeated && dataType === DATA_TYPE.float) {
    return Buffer.concat([...head, floatField(5, first)]);
  }
  if (isRepeated && dataType === DATA_TYPE.int32) {
    return Buffer.concat([...head, varintField(7, signed(first))]);
  }
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([...head, bytesField(4, bytes)]);
}
