import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { boundsOf, centreOf, holds } = await source("hotspot/outline.ts");

// A square from 0 to 4 with a hole from 1 to 3, and a second square far off.
const square = (from, to) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const ring = { type: "Polygon", coordinates: [square(0, 4), square(1, 3)] };
const both = { type: "MultiPolygon", coordinates: [ring.coordinates, [square(10, 12)]] };

for (const [name, outline, point, isInside] of [
  ["between the outer ring and the hole", ring, [0.5, 2], true],
  ["in the hole", ring, [2, 2], false],
  ["to the left of everything, at the height of the hole", ring, [-1, 2], false],
  ["beyond the outer ring", ring, [5, 2], false],
  ["in the second part", both, [11, 11], true],
  ["between the parts", both, [7, 7], false],
]) {
  test(`a point ${name} is ${isInside ? "inside" : "outside"}`, () => {
    assert.equal(holds(outline, point), isInside);
  });
}

test("the box holds every part", () => {
  assert.deepEqual(boundsOf([ring]), [0, 0, 4, 4]);
  assert.deepEqual(boundsOf([ring, both]), [0, 0, 12, 12]);
});

test("there is no box around nothing", () => {
  assert.equal(boundsOf([]), undefined);
});

test("the centre does not count the vertex that closes the ring", () => {
  // (0+4+4+0)/4 = 2; with the closing vertex it would be 8/5.
  assert.deepEqual(centreOf(ring), [2, 2]);
});
