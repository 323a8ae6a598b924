import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openFile,
  openRelated,
  openWorkbench,
  problem,
  screenshot,
  squiggles,
  visibleText,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const SCRIPT = "configs/train.py";
const MODEL = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 32), nn.Dropout(0.5), nn.Linear(32, 2))

    def forward(self, x):
        return self.body(x)
`;
const TRAINING = `import torch
from torch import nn

from net import Net

net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;

describe("findings of files that belong together", () => {
  let workbench: Workbench;
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(workbench.folder, name)), { recursive: true });
    writeFileSync(path.join(workbench.folder, name), text);
  };
  beforeAll(async () => {
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare: (folder) => {
        writeFileSync(path.join(folder, "net.py"), MODEL);
        writeFileSync(path.join(folder, "fit.py"), TRAINING);
        writeFileSync(path.join(folder, "sweep.toml"), "[optimizer]\nweight_decay = -0.01\n");
      },
    });
  });
  afterAll(() => workbench?.close());

  test("a number in YAML is text for the script that loads it with PyYAML", async () => {
    const { page } = workbench;
    await openFile(page, "finetune.yaml");
    await problem(page, "PyYAML reads `learning_rate: 1e-3` as the text");
    await screenshot(page, "config-problems");
  });

  test("it is a number again once the script loads the file otherwise", async () => {
    const { page } = workbench;
    const script = readFileSync(path.join(workbench.folder, SCRIPT), "utf8");
    const row = await problem(page, "PyYAML reads `learning_rate: 1e-3`");
    write(
      SCRIPT,
      script
        .replace("import yaml", "from omegaconf import OmegaConf")
        .replace("yaml.safe_load(file)", "OmegaConf.load(path)"),
    );
    await row.waitFor({ state: "detached" });
    write(SCRIPT, script);
    await problem(page, "PyYAML reads `learning_rate: 1e-3`");
  });

  test("what a finding points at in another file opens from the Problems panel", async () => {
    const { page } = workbench;
    await openFile(page, "fit.py");
    const row = await problem(page, "against overfitting there is only dropout");
    await openRelated(page, row, "Found dropout here");
    await screenshot(page, "related-in-other-file");
    await page.locator(".tab.active").filter({ hasText: "net.py" }).waitFor();
    await expect.poll(() => visibleText(page)).toContain("class Net(nn.Module)");
  });

  test("a TOML file has findings, without an extension for the language", async () => {
    const { page } = workbench;
    await openFile(page, "sweep.toml");
    await squiggles(page, "error").first().waitFor();
    await screenshot(page, "findings-toml");
  });

  test("the severity of a rule follows the settings", async () => {
    const { page } = workbench;
    write(".vscode/settings.json", '{ "normlens.severity": { "NLC03": "warning" } }');
    await squiggles(page, "warning").first().waitFor();
    await squiggles(page, "error").first().waitFor({ state: "detached" });
    write(".vscode/settings.json", '{ "normlens.severity": { "NLC03": "off" } }');
    await squiggles(page, "warning").first().waitFor({ state: "detached" });
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
