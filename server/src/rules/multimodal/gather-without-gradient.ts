import { defineRule } from "../../engine/rule.ts";

export const gatherWithoutGradient = defineRule({
  code: "NL708",
  name: "gather-without-gradient",
  family: "multimodal",
  severity: "warning",
  preview: true,
  mentions: [["all_gather"], ["cross_entropy", "crossentropyloss"]],
  on: "similarityLogits",
  docs: {
    language: "python",
    what: "Finds contrastive logits over features that `all_gather` collected from all processes, the local ones included.",
    why: "`all_gather` fills its buffers without gradients. The features of this very process then are constants too: one of the two encoders learns nothing from these logits, and the loss still goes down.",
    bad: [
      "import torch",
      "import torch.distributed as dist",
      "import torch.nn.functional as F",
      "",
      "def loss(query, z, labels):",
      "    bufs = [torch.zeros_like(z) for _ in range(dist.get_world_size())]",
      "    dist.all_gather(bufs, z)",
      "    z = torch.cat(bufs)",
      "    return F.cross_entropy(query @ z.t() / 0.07, labels)",
      "",
    ].join("\n"),
    good: [
      "import torch",
      "import torch.distributed as dist",
      "import torch.nn.functional as F",
      "",
      "def loss(query, z, labels):",
      "    bufs = [torch.zeros_like(z) for _ in range(dist.get_world_size())]",
      "    dist.all_gather(bufs, z)",
      "    bufs[dist.get_rank()] = z",
      "    z = torch.cat(bufs)",
      "    return F.cross_entropy(query @ z.t() / 0.07, labels)",
      "",
    ].join("\n"),
    limits:
      "Silent under `no_grad`, as for the keys of a momentum encoder, and for gathers that carry gradients, such as those of `torch.distributed.nn`.",
    references: ["PyTorch documentation, torch.distributed.all_gather and torch.distributed.nn"],
  },

  *check({ gathers, sinks }, { document }) {
    if (!sinks.some(({ kind }) => kind === "cross entropy")) return;
    for (const { call, statement, buffers, local } of gathers) {
      const { text } = document;
      const { start, end } = statement.span;
      const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
      const module = /^.*\./.exec(text.slice(call.callee.span.start, call.callee.span.end))?.[0];
      const features = text.slice(local.start, local.end);
      yield {
        span: call.span,
        message: `\`${buffers}\` holds no gradients after \`all_gather\`: \`${features}\` does not learn from the logits that are made of it.`,
        fixes:
          module === undefined
            ? []
            : [
                {
                  title: "Put the local features back, with their gradient",
                  safety: "suggestion",
                  edits: [
                    {
                      span: { start: end, end },
                      newText: `\n${indent}${buffers}[${module}get_rank()] = ${features}`,
                    },
                  ],
                },
              ],
      };
    }
  },
});
