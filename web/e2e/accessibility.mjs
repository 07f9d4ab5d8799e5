import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { desk, firstHotspot, mapReady, phone, visit } from "./browser.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core");

// checkAccessibility looks for violations on every page, in both languages,
// both schemes and on both screens, and leaves a picture of each.
export function checkAccessibility(at) {
  for (const lang of ["es", "en"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [phone, desk]) {
        const name = `${lang}-${colorScheme}-${viewport.width}`;
        test(`${name}: nobody is shut out, and nothing is cut off`, async () => {
          const pages = [
            ["list", `${at.origin}/${lang}/`],
            ["hotspot", await firstHotspot(at, lang)],
            ["map", `${at.origin}/${lang}/map`],
          ];
          for (const [kind, address] of pages) {
            // axe is put into the page as a script, which the page's own policy forbids.
            const options = { viewport, colorScheme, bypassCSP: true };
            await visit(at.browser, address, options, async (page) => {
              if (kind === "map") await mapReady(page);
              await page.screenshot({ path: `e2e/shots/${kind}-${name}.png`, fullPage: true });
              await page.addScriptTag({ path: axe });
              assert.deepEqual(await violations(page), [], kind);
              assert.equal(await page.evaluate(overflow), 0, `${kind} scrolls sideways`);
            });
          }
        });
      }
    }
  }
}

// violations returns what axe finds, short enough to read.
async function violations(page) {
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html.slice(0, 200)}`));
}

function overflow() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
