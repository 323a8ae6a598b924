import { callsOf } from "../calls.ts";
import {
  argument,
  inCall,
  moved,
  numberIn,
  renamed,
  withArgument,
  withoutArgument,
} from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { EXAMPLE_LOOP, inLoop, TORCH, TORCH_LOOP } from "../training-loop.ts";

/** Clips in the right place. */
const CLIPPED_LOOP = [
  "import torch",
  "for x, y in loader:",
  "    optimizer.zero_grad()",
  "    loss = ce(net(x), y)",
  "    loss.backward()",
  "    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)",
  "    optimizer.step()",
  "",
].join("\n");
const OPTAX = /^import optax|^from optax\b/m;

const isDecaying = (value: string | undefined) => (numberIn(value) ?? 0) > 1e-6;

export const optimizerMutators: readonly Mutator[] = [
  {
    code: "NL501",
    language: "python",
    mistake: "adds the decay behind the step",
    needs: OPTAX,
    changes: inCall(/chain/, (call) => {
      const decay = call.arguments.find(({ value }) => /add_decayed_weights\(/.test(value));
      const last = call.arguments.at(-1);
      if (decay === undefined || last === undefined || decay === last) return undefined;
      if (!/^optax\.(scale_by_learning_rate|sgd|adam|scale\(-)/.test(last.value)) {
        return undefined;
      }
      return [
        { start: decay.start, end: decay.end, newText: last.value },
        { start: last.start, end: last.end, newText: decay.value },
      ];
    }),
    example: "import optax\ntx = optax.chain(optax.add_decayed_weights(1e-4), optax.sgd(0.1))\n",
  },
  {
    code: "NL501",
    language: "python",
    mistake: "adds decay to an optimizer by a chain, behind it",
    needs: OPTAX,
    changes: inCall(/sgd|adam/, ({ name, start, close }, { text }) =>
      name.startsWith("optax.") && /\w = $/.test(text.slice(0, start))
        ? [
            {
              start,
              end: close + 1,
              newText: `optax.chain(${text.slice(start, close + 1)}, optax.add_decayed_weights(1e-4))`,
            },
          ]
        : undefined,
    ),
    example: "import optax\ntx = optax.sgd(0.1, momentum=0.9)\n",
  },
  {
    code: "NL502",
    language: "python",
    mistake: "takes Adam and keeps AdamW's decay",
    needs: TORCH,
    changes: inCall(/AdamW/, (call) =>
      /^(torch\.)?(optim\.)?AdamW$/.test(call.name) &&
      call.name !== "AdamW" &&
      isDecaying(argument(call, "weight_decay"))
        ? [renamed(call, "Adam")]
        : undefined,
    ),
    example:
      "import torch\nopt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)\n",
  },
  {
    code: "NL502",
    language: "python",
    mistake: "takes SGD's decay over to Adam",
    needs: TORCH,
    changes: inCall(/SGD/, (call) => {
      if (!/^(torch\.)?optim\.SGD$/.test(call.name)) return undefined;
      if (!isDecaying(argument(call, "weight_decay"))) return undefined;
      const others = ["momentum", "nesterov"].flatMap((name) => withoutArgument(call, name) ?? []);
      return others.length > 1 ? undefined : [renamed(call, "Adam"), ...others];
    }),
    example:
      "import torch.optim as optim\nopt = optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)\n",
  },
  {
    code: "NL503",
    language: "python",
    mistake: "adds L2 to the loss of a model whose optimizer decays already",
    needs: TORCH_LOOP,
    changes: inLoop(({ loss, model }, { code }) => {
      const optimizers = [...callsOf(code, /SGD|AdamW?/)].filter(
        ({ name, arguments: given }) =>
          /^(torch\.)?optim\./.test(name) && given[0]?.value === `${model}.parameters()`,
      );
      return optimizers.some((call) => isDecaying(argument(call, "weight_decay")))
        ? [`${loss} = ${loss} + 1e-4 * sum(p.pow(2).sum() for p in ${model}.parameters())`]
        : undefined;
    }),
    example: EXAMPLE_LOOP.replace(
      "def train(model, loader, optimizer, criterion):",
      "def train(model, loader, criterion):\n    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=1e-4)",
    ),
  },
  {
    code: "NL505",
    language: "python",
    mistake: "clips after the step",
    needs: TORCH,
    changes: moved(
      /^ *(torch\.)?(nn\.)?(utils\.)?clip_grad_(norm|value)_\(.*\)$/m,
      /^ *(\w+\.)*(optimizer|optim|opt)\.step\(\)$/m,
    ),
    example: CLIPPED_LOOP,
  },
  {
    code: "NL505",
    language: "python",
    mistake: "clips before there is a gradient",
    needs: TORCH,
    changes: ({ text, code }) => {
      const found =
        /^( *)((?:\w+\.)*\w*loss\.backward\(\)\n)((?: *\n)*)\1((?:torch\.)?(?:nn\.)?(?:utils\.)?clip_grad_(?:norm|value)_\(.*\)\n)/m.exec(
          code,
        );
      if (found === null) return undefined;
      const [whole, indent = "", backward = "", , clip = ""] = found;
      const end = found.index + whole.length;
      return text.slice(found.index, end) === whole
        ? [{ start: found.index, end, newText: indent + clip + indent + backward }]
        : undefined;
    },
    example: CLIPPED_LOOP,
  },
  {
    code: "NL506",
    language: "python",
    mistake: "takes LBFGS and keeps the decay",
    needs: TORCH,
    changes: inCall(/SGD|AdamW?/, (call) =>
      /^(torch\.)?optim\./.test(call.name) && argument(call, "weight_decay") !== undefined
        ? [renamed(call, "LBFGS")]
        : undefined,
    ),
    example:
      "from torch import optim\nopt = optim.SGD(net.parameters(), lr=0.1, weight_decay=1e-4)\n",
  },
  {
    code: "NL506",
    language: "python",
    mistake: "takes optax.adam and keeps the decay",
    needs: OPTAX,
    changes: inCall(/adamw/, (call) =>
      call.name === "optax.adamw" && argument(call, "weight_decay") !== undefined
        ? [renamed(call, "adam")]
        : undefined,
    ),
    example: "import optax\ntx = optax.adamw(1e-3, weight_decay=1e-2)\n",
  },
  {
    code: "NL201",
    language: "python",
    mistake: "loses the minus of the decay's exponent",
    needs: TORCH,
    changes: inCall(/AdamW/, (call) => {
      const decay = argument(call, "weight_decay");
      const lr = numberIn(argument(call, "lr"));
      if (!/optim\.AdamW$/.test(call.name) || lr === undefined || decay === undefined)
        return undefined;
      const wrong = /^\d(\.\d+)?e-\d+$/.test(decay) ? decay.replace("-", "") : undefined;
      return wrong !== undefined && lr * Number(wrong) >= 0.05
        ? [withArgument(call, "weight_decay", wrong)]
        : undefined;
    }),
    example:
      "import torch\nopt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)\n",
  },
  {
    code: "NL201",
    language: "python",
    mistake: "exchanges learning rate and decay's size",
    needs: TORCH,
    changes: inCall(/AdamW/, (call) => {
      const decay = numberIn(argument(call, "weight_decay"));
      const lr = numberIn(argument(call, "lr"));
      if (!/optim\.AdamW$/.test(call.name) || lr === undefined || decay === undefined)
        return undefined;
      if (decay === 0 || lr * decay >= 0.05) return undefined;
      return [withArgument(call, "weight_decay", String(Number((0.2 / lr).toPrecision(2))))];
    }),
    example:
      "import torch\nopt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)\n",
  },
  {
    code: "NL203",
    language: "python",
    mistake: "writes a decay that does nothing",
    needs: TORCH,
    changes: inCall(/AdamW/, (call) => {
      const decay = numberIn(argument(call, "weight_decay"));
      const lr = numberIn(argument(call, "lr"));
      if (
        !/optim\.AdamW$/.test(call.name) ||
        lr === undefined ||
        lr > 1e-2 ||
        decay === undefined
      ) {
        return undefined;
      }
      return decay > 0 ? [withArgument(call, "weight_decay", "1e-8")] : undefined;
    }),
    example:
      "import torch\nopt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)\n",
  },
];
