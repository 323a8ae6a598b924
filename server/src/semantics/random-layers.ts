import type { Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { argumentOf, constantNumber } from "./call-arguments.ts";
import type { ModelOrigin } from "./model-origin.ts";
import { modelParts } from "./model-parameters.ts";
import { expressionsOf } from "./model-view.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** A layer that does something else in training than in evaluation. */
export interface ModeLayer {
  readonly name: string;
  readonly effect: "drops" | "normalises";
}

const DROPPING =
  /^torch\.nn\.(?:Dropout\w*|AlphaDropout|FeatureAlphaDropout|Transformer(?:EncoderLayer|DecoderLayer)?)$/;
const NORMALISING = /^torch\.nn\.(?:Lazy|Sync)?BatchNorm\w*$/;
/** Models of torchvision all of whose variants have such layers. */
const LIBRARY_MODELS =
  /^torchvision\.models\.(?:resnet\w+|resnext\w+|wide_resnet\w+|densenet\w+|mobilenet\w+|efficientnet\w+|inception\w+|googlenet|mnasnet\w+|shufflenet\w+|regnet\w+|vgg\w+|alexnet)$/;

/** The first layer of a model that depends on the mode; dropout before batch normalization. */
export function modeLayer(origin: ModelOrigin): ModeLayer | undefined {
  if (origin.kind === "call" && LIBRARY_MODELS.test(origin.className)) {
    const name = origin.className.slice(origin.className.lastIndexOf(".") + 1);
    const isPlain = /^(?:vgg|alexnet)/.test(name) && !name.endsWith("_bn");
    return { name, effect: isPlain ? "drops" : "normalises" };
  }
  const layers = partsOf(origin).flatMap(({ nodes, program }) =>
    nodes.flatMap((node) => layerOf(node, program) ?? []),
  );
  return layers.find(({ effect }) => effect === "drops") ?? layers[0];
}

function partsOf(origin: ModelOrigin): readonly {
  readonly nodes: readonly Expression[];
  readonly program: PythonProgram;
}[] {
  const { program } = origin.place.home;
  const own = origin.kind === "call" ? [{ nodes: [...expressionsIn(origin.call)], program }] : [];
  const classes = modelParts(origin).classes.map(({ owner, home }) => ({
    nodes: expressionsOf([owner]),
    program: home.program,
  }));
  return [...own, ...classes];
}

function layerOf(node: Expression, program: PythonProgram): ModeLayer | undefined {
  const qualifiedName = node.kind === "call" ? (program.qualifiedName(node.callee) ?? "") : "";
  if (node.kind !== "call" || qualifiedName === "") return undefined;
  const name = lastName(node.callee) ?? "";
  if (NORMALISING.test(qualifiedName)) {
    const tracks = argumentOf(node, "track_running_stats")?.value;
    const isSwitchedOff = tracks?.kind === "constant" && tracks.value === false;
    return isSwitchedOff ? undefined : { name, effect: "normalises" };
  }
  if (!DROPPING.test(qualifiedName)) return undefined;
  const isTransformer = name.startsWith("Transformer");
  const rate = isTransformer ? argumentOf(node, "dropout") : argumentOf(node, "p", 0);
  const isOff = rate !== undefined && constantNumber(rate.value, program) === 0;
  return isOff ? undefined : { name, effect: "drops" };
}
