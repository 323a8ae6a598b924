import { describe, expect, test } from "vitest";
import { panelHtml } from "../../../client/src/panels/panel-html.ts";

const ASSETS = {
  kind: "run" as const,
  script: "https://host/page.js",
  style: "https://host/page.css",
  cspSource: "https://host",
  nonce: "abc",
  folder: '/w/"><script>alert(1)</script>',
  title: "Shapes <b>",
};

describe("panelHtml()", () => {
  test("allows neither eval nor inline nor remote scripts", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(panelHtml(ASSETS))?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-abc'");
    expect(policy).not.toMatch(/unsafe|\*|connect-src|http:/);
  });

  test("gives the nonce to its only script and to libraries that ask for it", () => {
    const html = panelHtml(ASSETS);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('<script nonce="abc" src="https://host/page.js">');
    expect(html).toContain('<meta property="csp-nonce" content="abc">');
  });

  test("escapes what comes from outside", () => {
    const html = panelHtml(ASSETS);
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("Shapes &lt;b&gt;");
  });
});
