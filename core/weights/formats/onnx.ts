import type { ByteSource } from "../../formats/byte-source.ts";
import { readInitializer } from "../onnx/initializer.ts";
import { MessageFault, type MessagePlace, messageFields } from "../onnx/message-fields.ts";
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
  for await (const { number, start, end } of graphFields(bytes)) {
    if (number === SPARSE_INITIALIZER) problems.push("Left out: a sparse initializer");
    if (number !== INITIALIZER) continue;
    const tensor = await readInitializer(bytes, start, end, sibling);
    if ("problem" in tensor) problems.push(`\`${tensor.name}\`: ${tensor.problem}`);
    else tensors.push(tensor);
  }
  return tensors.length + problems.length === 0
    ? { problem: "it holds no graph with initializers" }
    : { format: "ONNX", tensors, problems };
}

/** Messages in the model's graph. */
async function* graphFields(bytes: ByteSource): AsyncGenerator<MessagePlace> {
  for await (const graph of messageFields(bytes, 0, bytes.sizeBytes)) {
    if ("value" in graph || graph.number !== GRAPH) continue;
    for await (const field of messageFields(bytes, graph.start, graph.end)) {
      if (!("value" in field)) yield field;
    }
  }
}
