import { INK_COUNT, LEVELS, STYLE_BYTES } from "../../layout/points/point-styles.ts";
import {
  dimmedInk,
  LEAST_RIMMED_RADIUS,
  type Palette,
  type PointFrame,
  type PointRenderer,
  RIM_WIDTH,
} from "./point-renderer.ts";
import { SHAPE_DISTANCE_GLSL, SHAPE_REACH } from "./shape-distance.ts";

const VERTEX = `#version 300 es
layout(location = 0) in vec2 start;
layout(location = 1) in vec2 end;
layout(location = 2) in uvec4 style;
uniform vec3 camera;
uniform vec2 size;
uniform float share;
uniform float pointSize;
uniform uint level;
uniform vec3 inks[${INK_COUNT}];
flat out int shape;
flat out vec3 ink;
void main() {
  gl_PointSize = pointSize;
  vec2 at = mix(start, end, share);
  vec2 pixel = vec2(camera.y + at.x * camera.x, camera.z - at.y * camera.x);
  vec2 place = vec2(2.0 * pixel.x / size.x - 1.0, 1.0 - 2.0 * pixel.y / size.y);
  gl_Position = style.z == level ? vec4(place, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  shape = int(style.x);
  ink = inks[style.y];
}`;

const FRAGMENT = `#version 300 es
precision highp float;
flat in int shape;
flat in vec3 ink;
uniform float pointSize;
uniform float radius;
uniform float rim;
uniform vec3 ground;
out vec4 color;
${SHAPE_DISTANCE_GLSL}
void main() {
  float d = shapeDistance(shape, (gl_PointCoord - 0.5) * pointSize, radius);
  float inner = clamp(0.5 - d, 0.0, 1.0);
  float outer = clamp(0.5 + rim - d, 0.0, 1.0);
  if (outer == 0.0) discard;
  color = vec4(ink * inner + ground * (outer - inner), outer);
}`;

/** Positions, styles and palette go to the GPU once; a frame is two calls with another camera. */
export class WebglPoints implements PointRenderer {
  readonly canvas: HTMLCanvasElement;
  readonly kind = "webgl";
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #buffers: readonly WebGLBuffer[];
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();
  #count = 0;
  #palette: Palette = { ground: [0, 0, 0], inks: [] };

  /** @throws {Error} If the GPU refuses the shaders; the message holds its words. */
  constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#program = programOf(gl);
    this.#buffers = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
    gl.bindVertexArray(gl.createVertexArray());
    for (const [index, buffer] of this.#buffers.entries()) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(index);
      if (index < 2) gl.vertexAttribPointer(index, 2, gl.FLOAT, false, 0, 0);
      else gl.vertexAttribIPointer(index, STYLE_BYTES, gl.UNSIGNED_BYTE, 0, 0);
    }
    gl.useProgram(this.#program);
    gl.enable(gl.BLEND);
    // Colours come multiplied by their coverage.
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  setPositions(from: Float32Array, to: Float32Array): void {
    this.#count = to.length >> 1;
    this.#upload(0, from);
    this.#upload(1, to);
  }

  setStyles(styles: Uint8Array): void {
    this.#upload(2, styles);
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
  }

  draw({ camera, width, height, ratio, radius, share }: PointFrame): void {
    const gl = this.#gl;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    gl.viewport(0, 0, wide, high);
    const { ground, inks } = this.#palette;
    const [red, green, blue] = ground.map((byte) => byte / 255);
    gl.clearColor(red ?? 0, green ?? 0, blue ?? 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const rim = radius >= LEAST_RIMMED_RADIUS ? RIM_WIDTH * ratio : 0;
    gl.uniform3f(this.#at("camera"), camera.scale * ratio, camera.left * ratio, camera.top * ratio);
    gl.uniform2f(this.#at("size"), wide, high);
    gl.uniform1f(this.#at("share"), share);
    gl.uniform1f(this.#at("radius"), radius * ratio);
    gl.uniform1f(this.#at("rim"), rim);
    gl.uniform1f(this.#at("pointSize"), Math.ceil(2 * (SHAPE_REACH * radius * ratio + rim + 1)));
    gl.uniform3f(this.#at("ground"), red ?? 0, green ?? 0, blue ?? 0);
    for (const level of [LEVELS.dimmed, LEVELS.full]) {
      const shades = level === LEVELS.full ? inks : inks.map((ink) => dimmedInk(ink, ground));
      const flat = Float32Array.from(shades.flat(), (byte) => byte / 255);
      if (flat.length > 0) gl.uniform3fv(this.#at("inks"), flat);
      gl.uniform1ui(this.#at("level"), level);
      gl.drawArrays(gl.POINTS, 0, this.#count);
    }
  }

  dispose(): void {
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
    this.#gl.deleteProgram(this.#program);
    // A page may hold few contexts; this one is free at once, not when memory is next collected.
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  #upload(index: number, values: Float32Array | Uint8Array): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[index] ?? null);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
  }

  #at(name: string): WebGLUniformLocation | null {
    const known = this.#uniforms.get(name);
    if (known !== undefined) return known;
    const found = this.#gl.getUniformLocation(this.#program, name);
    this.#uniforms.set(name, found);
    return found;
  }
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("WebGL gives no shader: its context is lost");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) === true) return program;
  const shaders = gl.getAttachedShaders(program) ?? [];
  const words = [
    ...shaders.map((shader) => gl.getShaderInfoLog(shader)),
    gl.getProgramInfoLog(program),
  ];
  throw new Error(`WebGL refuses the shaders of points: ${words.filter(Boolean).join("; ")}`);
}
