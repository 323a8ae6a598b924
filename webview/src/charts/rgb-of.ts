/** Red, green and blue of a computed colour, `rgb(132, 153, 254)` or `color(srgb 0.5 0.6 1)`, 0..255. */
export function rgbOf(color: string): readonly [red: number, green: number, blue: number] {
  const [red = 128, green = 128, blue = 128] = (
    color.replace(/^color\(\w+/, "").match(/[\d.]+(e-?\d+)?/g) ?? []
  ).map(Number);
  const scale = color.startsWith("color(") ? 255 : 1;
  return [Math.round(red * scale), Math.round(green * scale), Math.round(blue * scale)];
}
