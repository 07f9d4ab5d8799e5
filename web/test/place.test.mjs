import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { hasView, selectionIn, withSelection } = await source("explorer/place.ts");

for (const [name, before, cell, after] of [
  ["is added to an empty address", "", "89a", "#sel=89a"],
  ["leaves the view as it is", "#v=12/14.6/-90.5", "89a", "#v=12/14.6/-90.5&sel=89a"],
  ["takes the place of the last one", "#sel=89b&v=1/2/3", "89a", "#v=1/2/3&sel=89a"],
  ["goes away when nothing is chosen", "#v=1/2/3&sel=89a", undefined, "#v=1/2/3"],
]) {
  test(`a choice ${name}`, () => {
    assert.equal(withSelection(before, cell), after);
    assert.equal(selectionIn(after), cell);
  });
}

test("only an address with a view says where to look", () => {
  assert.equal(hasView("#v=12/14.6/-90.5&sel=89a"), true);
  assert.equal(hasView("#sel=89a"), false);
});
