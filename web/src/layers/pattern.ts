import type { Map as MapLibre } from "maplibre-gl";
import type { Pattern } from "../palette";

const side = 16; // pixels of a tile of the pattern, at two a CSS pixel
const stripe = 5; // pixels across a stripe, measured along a row

// addPattern gives the map the image that patternName names.
export function addPattern(map: MapLibre, pattern: Pattern): void {
  const image = { width: side, height: side, data: drawPattern(pattern) };
  map.addImage(patternName(pattern), image, { pixelRatio: 2 });
}

// patternName is the name under which a style refers to a pattern.
export function patternName(pattern: Pattern): string {
  return `${pattern.shape}-${pattern.ink}`;
}

// drawPattern returns the pixels of a tile, RGBA, that repeats without a seam.
export function drawPattern({ shape, ink }: Pattern): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(side * side * 4);
  const rgb = [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (isInked(shape, x, y)) pixels.set([...rgb, 255], (y * side + x) * 4);
    }
  }
  return pixels;
}

function isInked(shape: Pattern["shape"], x: number, y: number): boolean {
  switch (shape) {
    case "rising":
      return (x + y) % side < stripe;
    case "falling":
      return (x - y + side) % side < stripe;
    case "dots":
      return x % 8 < 2 && y % 8 < 2;
  }
}
