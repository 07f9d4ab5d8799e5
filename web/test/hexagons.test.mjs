import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { hexagons } = await source("layers/hexagons.ts");
const { light } = await source("palette.ts");

// fillOf is the fill that the layer's expression gives a class.
function fillOf(layers, wanted) {
  const [, , ...branches] = layers.find((l) => l.id === "hexagons").paint["fill-color"];
  const at = branches.indexOf(wanted);
  return at < 0 ? branches.at(-1) : branches[at + 1];
}

for (const [name, showsCold, cell, fill] of [
  ["a hot cell has its colour", false, "hot_95", "#ef8a62"],
  [
    "a cold cell looks like no difference until it is asked for",
    false,
    "cold_99",
    "rgba(0, 0, 0, 0)",
  ],
  ["a cold cell has its colour when it is asked for", true, "cold_99", "#2166ac"],
  ["a class that nobody knows is drawn as undefined", true, "tepid", "rgba(0, 0, 0, 0)"],
]) {
  test(name, () => {
    assert.equal(fillOf(hexagons(light, { showsCold, selected: undefined }), cell), fill);
  });
}

test("the pattern of cold cells comes and goes with their colour", () => {
  const opacity = (showsCold) =>
    hexagons(light, { showsCold, selected: undefined }).find((l) => l.id === "pattern-cold_99")
      .paint["fill-opacity"];
  assert.equal(opacity(true), 1);
  assert.equal(opacity(false), 0);
});
