import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.mjs";

// checkHotspot tests the page of the first hotspot.
export function checkHotspot(at) {
  for (const lang of ["es", "en"]) {
    test(`${lang}: the first hotspot has its reason, its map and its hours`, async () => {
      await visit(at.browser, `${at.origin}/${lang}/`, {}, async (page) => {
        await page.locator(".cards a").first().click();
        await page.waitForURL(/\/hotspots\/[0-9a-f]{15}/);
        assert.match(await page.locator(".reason").first().textContent(), /\d/);
        assert.ok((await page.locator("svg.map path.hot-99").count()) > 0);
        const hours = page.locator("table.day-hours");
        assert.equal(await hours.locator("tbody tr").count(), 7);
        assert.equal(await hours.locator("tbody td").count(), 7 * 6);
        await page
          .getByText(lang === "es" ? /no personas/ : /not people/)
          .first()
          .waitFor();
      });
    });
  }

  test("a cell that is none has a page that says so, in the language", async () => {
    const options = { forgives: /404/ };
    await visit(at.browser, `${at.origin}/es/hotspots/nowhere`, options, async (page) => {
      assert.equal(await page.locator("html").getAttribute("lang"), "es");
      assert.ok(await page.locator("h1").isVisible());
    });
  });
}
