// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { PointLayer } from "../../../../webview/src/charts/points/point-layer.ts";
import type { PointRenderer } from "../../../../webview/src/charts/points/point-renderer.ts";

test("PointLayer hands everything to its renderer, and to none once it is disposed", () => {
  const heard: string[] = [];
  let lose = () => {
    heard.push("never told");
  };
  const renderer: PointRenderer = {
    canvas: document.createElement("canvas"),
    kind: "webgl",
    setPositions: (from, to) => heard.push(`positions ${from.length} ${to.length}`),
    setStyles: ({ length }) => heard.push(`styles ${length}`),
    setPalette: ({ inks }) => heard.push(`palette ${inks.length}`),
    draw: ({ share }) => heard.push(`draw ${share}`),
    dispose: () => heard.push("dispose"),
  };
  const layer = new PointLayer((onLost) => {
    lose = onLost;
    return renderer;
  });
  expect(layer.element.firstElementChild).toBe(renderer.canvas);
  expect(renderer.canvas.getAttribute("data-renderer")).toBe("webgl");
  layer.setPositions(new Float32Array(2), new Float32Array(2));
  layer.setStyles(new Uint8Array(4));
  layer.setPalette({ ground: [0, 0, 0], inks: [[1, 2, 3]] });
  const camera = { scale: 1, left: 0, top: 0 };
  layer.draw({ camera, width: 9, height: 9, ratio: 1, radius: 2, share: 0.5 });
  layer.dispose();
  // A disposed context counts as lost; that brings no other canvas.
  lose();
  expect(heard).toEqual(["positions 2 2", "styles 4", "palette 1", "draw 0.5", "dispose"]);
  expect(layer.element.firstElementChild).toBe(renderer.canvas);
});
