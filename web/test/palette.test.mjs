import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { dark, light } = await source("palette.ts");
const { drawPattern } = await source("layers/pattern.ts");
const { classes } = await source("hotspot/class.ts");

// contrast is the ratio of WCAG 2.2 between two #rrggbb colours, 1 to 21.
function contrast(a, b) {
  const luminance = (colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

test("black on white has the ratio that WCAG gives it", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
});

for (const palette of [light, dark]) {
  for (const c of classes.filter((c) => /hot|cold/.test(c))) {
    test(`${palette.scheme}: the outline of ${c} stands out from the land by 3 to 1`, () => {
      const ratio = contrast(palette.classes[c].outline, palette.land);
      assert.ok(ratio >= 3, `${ratio.toFixed(2)} to 1`);
    });
  }

  test(`${palette.scheme}: the strongest classes have a pattern of their own`, () => {
    const { hot_99, cold_99 } = palette.classes;
    assert.notEqual(hot_99.pattern.shape, cold_99.pattern.shape);
    for (const { fill, pattern } of [hot_99, cold_99]) {
      assert.ok(contrast(fill, pattern.ink) >= 1.5);
    }
  });

  test(`${palette.scheme}: the stronger the class, the more it differs from the land`, () => {
    for (const side of ["hot", "cold"]) {
      const [weak, middle, strong] = [90, 95, 99].map((confidence) =>
        contrast(palette.classes[`${side}_${confidence}`].fill, palette.land),
      );
      assert.ok(weak < middle && middle < strong, `${side}: ${weak}, ${middle}, ${strong}`);
    }
  });
}

test("a pattern meets itself at the edges of its tile", () => {
  const side = 16;
  for (const shape of ["rising", "falling"]) {
    const pixels = drawPattern({ shape, ink: "#102030" });
    const isInked = (x, y) =>
      pixels[(((y + side) % side) * side + ((x + side) % side)) * 4 + 3] > 0;
    const lean = shape === "rising" ? -1 : 1;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        assert.equal(isInked(x, y), isInked(x + lean, y + 1), `${shape} at ${x}, ${y}`);
      }
    }
  }
});
