import { describe, test } from "vitest";
import { gatherWithoutGradient as rule } from "../../../../server/src/rules/multimodal/gather-without-gradient.ts";
import { checkRule } from "../../../support/check-rule.ts";

const loss = (body: string, decorator = "") => `import torch
import torch.distributed as dist
import torch.nn.functional as F

${decorator}def loss(q, z, y):
    parts = [torch.zeros_like(z) for _ in range(dist.get_world_size())]
    ${body.replaceAll("\n", "\n    ")}
`;
const REST = "keys = torch.cat(parts, dim=0)\nreturn F.cross_entropy(q @ keys.t() / 0.1, y)";

describe("gather-without-gradient", () => {
  test("marks the gather and offers to put the local features back", () => {
    checkRule(
      rule,
      loss(`«dist.all_gather(parts, z)»\n${REST}`),
      loss(`dist.all_gather(parts, z)\nparts[dist.get_rank()] = z\n${REST}`),
    );
  });

  test("follows a helper of the document", () => {
    checkRule(
      rule,
      `import torch
import torch.nn.functional as F
from torch.distributed import all_gather, get_world_size

def gather(z):
    parts = [torch.zeros_like(z) for _ in range(get_world_size())]
    «all_gather(parts, z)»
    return torch.cat(parts)

def loss(q, z, y):
    return F.cross_entropy(q @ gather(z).t(), y)
`,
    );
  });

  test.each([
    ["the local part is put back", loss(`dist.all_gather(parts, z)\nparts[rank] = z\n${REST}`)],
    ["no gradients anyway", loss(`dist.all_gather(parts, z)\n${REST}`, "@torch.no_grad()\n")],
    [
      "a block without gradients",
      loss(`with torch.no_grad():\n    dist.all_gather(parts, z)\n${REST}`),
    ],
    ["a gather with gradients", loss(`parts = torch.distributed.nn.all_gather(z)\n${REST}`)],
    ["no loss", loss("dist.all_gather(parts, z)\nreturn q @ torch.cat(parts).t()")],
    [
      "the local part is joined by itself",
      loss(
        "dist.all_gather(parts, z)\nkeys = torch.cat([z] + parts)\nreturn F.cross_entropy(q @ keys.t(), y)",
      ),
    ],
    ["half-typed", loss("dist.all_gather(parts, z)\nkeys = torch.cat(parts\n")],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
