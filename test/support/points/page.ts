// Runs in a browser: the two renderers of points, called from a bench or a test.
import { splatRenderer } from "../../../webview/src/charts/points/choose-renderer.ts";
import { PointLayer } from "../../../webview/src/charts/points/point-layer.ts";
import type {
  Palette,
  PointFrame,
  PointRenderer,
} from "../../../webview/src/charts/points/point-renderer.ts";
import { WebglPoints } from "../../../webview/src/charts/points/webgl-points.ts";
import type { PannedFrames, PointsPage, RendererName } from "./points-page.ts";

function webglRenderer(onLost?: () => void): PointRenderer {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
  if (gl === null) throw new TypeError("The browser has no WebGL2");
  if (onLost !== undefined) canvas.addEventListener("webglcontextlost", onLost, { once: true });
  return new WebglPoints(canvas, gl);
}

const make = (name: RendererName) => (name === "webgl" ? webglRenderer() : splatRenderer());

/** Waits for the GPU, or what stands for it, by reading a pixel back. */
function finish({ canvas, kind }: PointRenderer): void {
  if (kind === "splat") return;
  const gl = canvas.getContext("webgl2");
  gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

const PALETTE: Palette = {
  ground: [32, 32, 32],
  inks: Array.from({ length: 39 }, (_, index) => [40 + 5 * index, 250 - 5 * index, 128]),
};

async function pan(
  name: RendererName,
  points: { readonly xy: Float32Array; readonly styles: Uint8Array },
  view: { readonly frame: PointFrame; readonly frames: number },
): Promise<PannedFrames> {
  const renderer = make(name);
  document.body.replaceChildren(renderer.canvas);
  renderer.setPalette(PALETTE);
  renderer.setPositions(points.xy, points.xy);
  renderer.setStyles(points.styles);
  const draws: number[] = [];
  const intervals: number[] = [];
  let last = await nextFrame();
  for (let frame = 0; frame < view.frames; frame++) {
    const { camera } = view.frame;
    const moved = { ...camera, left: camera.left + 3 * frame, top: camera.top - 2 * frame };
    const start = performance.now();
    renderer.draw({ ...view.frame, camera: moved });
    finish(renderer);
    draws.push(performance.now() - start);
    const now = await nextFrame();
    intervals.push(now - last);
    last = now;
  }
  renderer.dispose();
  return { draws, intervals };
}

/** Red, green, blue and alpha of every pixel of a canvas, at once after drawing. */
function pixelsOf(canvas: HTMLCanvasElement): number[] {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d");
  if (context === null) throw new TypeError("The browser draws no 2-D canvas");
  context.drawImage(canvas, 0, 0);
  return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
}

const page: PointsPage = {
  draw(name, { from, to, styles, palette, frame }) {
    const renderer = make(name);
    renderer.setPalette(palette);
    renderer.setPositions(Float32Array.from(from), Float32Array.from(to));
    renderer.setStyles(Uint8Array.from(styles));
    renderer.draw(frame);
    const pixels = pixelsOf(renderer.canvas);
    renderer.dispose();
    return pixels;
  },
  async pan(name, { count, seed, frame, frames }) {
    return pan(name, clusters(count, seed), { frame, frames });
  },
  async lose({ to, styles, palette, frame }) {
    const layer = new PointLayer(webglRenderer);
    const xy = Float32Array.from(to);
    layer.setPositions(xy, xy);
    layer.setStyles(Uint8Array.from(styles));
    layer.setPalette(palette);
    layer.draw(frame);
    const canvasNow = () => {
      const canvas = layer.element.querySelector("canvas");
      if (canvas === null) throw new TypeError("The layer has no canvas");
      return canvas;
    };
    const first = canvasNow();
    const before = { kind: first.getAttribute("data-renderer") ?? "", pixels: pixelsOf(first) };
    first.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
    for (let tries = 0; tries < 100 && canvasNow() === first; tries++) await nextFrame();
    const second = canvasNow();
    const after = { kind: second.getAttribute("data-renderer") ?? "", pixels: pixelsOf(second) };
    return { before, after };
  },
  gpu() {
    const gl = document.createElement("canvas").getContext("webgl2");
    const extension = gl?.getExtension("WEBGL_debug_renderer_info");
    return String(extension && gl?.getParameter(extension.UNMASKED_RENDERER_WEBGL));
  },
};

/** Six round clusters of three shapes, deterministic. */
function clusters(count: number, seed: number): { xy: Float32Array; styles: Uint8Array } {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const xy = new Float32Array(2 * count);
  const styles = new Uint8Array(4 * count);
  for (let index = 0; index < count; index++) {
    const cluster = index % 6;
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    xy[2 * index] = 3 * Math.cos(cluster) + radius * Math.cos(angle);
    xy[2 * index + 1] = 3 * Math.sin(cluster) + radius * Math.sin(angle);
    styles.set([index % 3, cluster, 2, 0], 4 * index);
  }
  return { xy, styles };
}

Object.assign(window, { pointsPage: page });
