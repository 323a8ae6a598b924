import { element } from "../../ui/element.ts";
import type { PointRenderer } from "./point-renderer.ts";
import { SplatPoints } from "./splat-points.ts";
import { WebglPoints } from "./webgl-points.ts";

/** Names under which browsers draw WebGL without a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|swrast/i;

/** Whether points are worth drawing by WebGL, from the name that it gives its renderer. */
export function isRealGpu(renderer: string): boolean {
  return renderer !== "" && !SOFTWARE.test(renderer);
}

/**
 * WebGL2 on a real GPU, stamps on a 2-D canvas elsewhere: drawn without a GPU, WebGL takes seconds for
 * what stamps take milliseconds for.
 *
 * A GPU may go away at any time; `onLost` is then called once, and stamps go on where it ended.
 */
export function chooseRenderer(onLost: () => void): PointRenderer {
  const canvas = element("canvas");
  const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false });
  if (gl === null || !isRealGpu(rendererName(gl))) {
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
    return splatRenderer();
  }
  canvas.addEventListener("webglcontextlost", onLost, { once: true });
  return new WebglPoints(canvas, gl);
}

export function splatRenderer(): PointRenderer {
  const canvas = element("canvas");
  const context = canvas.getContext("2d", { alpha: false });
  // A canvas that has given out no other context always gives this one.
  if (context === null) throw new TypeError("The browser draws no 2-D canvas");
  return new SplatPoints(canvas, context);
}

/** Empty where the browser keeps it to itself, which then counts as no GPU. */
function rendererName(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  if (extension === null) return "";
  const name: unknown = gl.getParameter(extension.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" ? name : "";
}
