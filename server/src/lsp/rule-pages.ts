import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../engine/finding.ts";
import { rulePageName } from "../engine/rule-markdown.ts";

/** Address of a rule's page in `folder`; `undefined` for all when the folder is not shipped. */
export function rulePages(folder: string): (finding: Finding) => string | undefined {
  if (!existsSync(folder)) return () => undefined;
  return (finding) => pathToFileURL(path.join(folder, rulePageName(finding))).href;
}
