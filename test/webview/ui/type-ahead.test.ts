import { expect, test } from "vitest";
import { type TypedKey, typeAhead } from "../../../webview/src/ui/type-ahead.ts";

const NAMES = ["image", "conv1.weight", "conv2.weight", "Text", "conv3.weight"];
const key = (text: string, timeStamp: number): TypedKey => ({
  key: text,
  timeStamp,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
});

test("one letter goes to the next name that begins with it, and around", () => {
  const { find } = typeAhead();
  expect(find(key("c", 0), NAMES, 0)).toBe(1);
  expect(find(key("c", 2000), NAMES, 1)).toBe(2);
  expect(find(key("c", 4000), NAMES, 4)).toBe(1);
  expect(find(key("t", 6000), NAMES, 1)).toBe(3);
});

test("letters in quick succession are one word, which may stay where it is", () => {
  const { find } = typeAhead();
  const word = [..."conv2"].map((letter, index) => find(key(letter, index * 100), NAMES, 1));
  expect(word.at(-1)).toBe(2);
  expect(find(key("x", 600), NAMES, 2)).toBeUndefined();
});

test("keys that are no letters, and shortcuts, are left to others", () => {
  const { find } = typeAhead();
  expect(find(key("[", 0), NAMES, 0)).toBeUndefined();
  expect(find(key("Tab", 0), NAMES, 0)).toBeUndefined();
  expect(find({ ...key("c", 0), ctrlKey: true }, NAMES, 0)).toBeUndefined();
});
