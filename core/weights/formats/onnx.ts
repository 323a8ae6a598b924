import { readInitializer } from "../onnx/initializer.ts";
import {
  MessageFault,
  type MessagePlace,
  type MessageSource,
  messageFields,
  messageSource,
} from "../onnx/message-fields.ts";
import type {
  StoredTensor,
  WeightFile,
  WeightFileProblem,
  WeightFormat,
  WeightSource,
} from "../weight-file.ts";

const GRAPH = 7;
const INITIALIZER = 5;
const SPARSE_INITIALIZER = 15;

/**
 * The initializers of an ONNX model's graph, in the file or in those beside it.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export const onnx: WeightFormat = {
  id: "onnx",
  title: "ONNX",
  endings: [".onnx"],
  recognises: ({ name }) => name.endsWith(".onnx"),
  async open(source) {
    try {
      return await openModel(source);
    } catch (error) {
      if (error instanceof MessageFault) return { problem: `damaged: ${error.message}` };
      throw error;
    }
  },
};

async function openModel({
  bytes,
  sibling,
}: WeightSource): Promise<WeightFile | WeightFileProblem> {
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  const source = messageSource(bytes);
  for await (const field of graphFields(source)) {
    const { number } = field;
    if (number === SPARSE_INITIALIZER) problems.push("Left out: a sparse initializer");
    if (number !== INITIALIZER) continue;
    const tensor = await readInitializer(source, field, sibling);
    if ("problem" in tensor) problems.push(`\`${tensor.name}\`: ${tensor.problem}`);
    else tensors.push(tensor);
  }
  return tensors.length + problems.length === 0
    ? { problem: "it holds no graph with initializers" }
    : { format: "ONNX", tensors, problems };
}

/** Messages in the model's graph. */
async function* graphFields(source: MessageSource): AsyncGenerator<MessagePlace> {
  for await (const graph of messageFields(source, 0, source.bytes.sizeBytes)) {
    if ("value" in graph || graph.number !== GRAPH) continue;
    for await (const field of messageFields(source, graph.start, graph.end)) {
      if (!("value" in field)) yield field;
    }
  }
}
