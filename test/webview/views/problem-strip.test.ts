// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { ProblemStrip } from "../../../webview/src/views/problem-strip.ts";

const query = (selector: string): HTMLElement | null => document.querySelector(selector);

describe("ProblemStrip", () => {
  let dismissed = 0;
  let strip: ProblemStrip;
  beforeEach(() => {
    dismissed = 0;
    strip = new ProblemStrip(() => {
      dismissed += 1;
    });
    document.body.replaceChildren(strip.element);
  });

  test("takes no room without problems", () => {
    strip.update([]);
    expect(strip.element.hidden).toBe(true);
  });

  test("keeps one line for many problems until asked for all", () => {
    strip.update(["first", "second", "third"]);
    expect(query(".problem-text")?.textContent).toBe("first");
    expect(query("ul")).toBeNull();
    query(".link")?.click();
    expect(query(".link")?.getAttribute("aria-expanded")).toBe("true");
    expect(document.activeElement).toBe(query(".link"));
    expect([...document.querySelectorAll("li")].map((item) => item.textContent)).toEqual([
      "second",
      "third",
    ]);
  });

  test("offers to put all of them away", () => {
    strip.update(["first"]);
    expect(query(".link")).toBeNull();
    query("[aria-label='Dismiss problems']")?.click();
    expect(dismissed).toBe(1);
  });
});
