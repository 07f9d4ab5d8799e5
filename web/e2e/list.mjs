import assert from "node:assert/strict";
import { test } from "node:test";
import { phone, visit } from "./browser.mjs";

// checkList tests the ranked list, which is the home page.
export function checkList(at) {
  for (const lang of ["es", "en"]) {
    test(`${lang}: the list ranks hotspots from 1 and says the city is made up`, async () => {
      await visit(at.browser, `${at.origin}/${lang}/`, {}, async (page) => {
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        const ranks = await page.locator(".cards .rank").allTextContents();
        assert.ok(ranks.length > 0);
        assert.deepEqual(
          ranks,
          ranks.map((_, i) => String(i + 1)),
        );
        await page
          .getByText(lang === "es" ? /sintétic/i : /synthetic/i)
          .first()
          .waitFor();
      });
    });

    test(`${lang}: the filter works without JavaScript`, async () => {
      const options = { javaScriptEnabled: false, viewport: phone };
      await visit(at.browser, `${at.origin}/${lang}/`, options, async (page) => {
        const before = await page.locator(".cards").textContent();
        await page.locator(".filter summary").click();
        const category = page.locator("select[name=cat]");
        const code = await category.locator("option").nth(1).getAttribute("value");
        await category.selectOption(code);
        await page.locator(".filter button[type=submit]").click();
        await page.waitForURL((url) => url.searchParams.get("cat") === code);
        assert.equal(await page.locator("select[name=cat]").inputValue(), code);
        const after = await page.locator(".list").textContent();
        assert.notEqual(after, before);
      });
    });
  }

  test("the other language shows the same filters", async () => {
    await visit(at.browser, `${at.origin}/es/?dow=6&hours=18-23`, {}, async (page) => {
      const heading = await page.locator("h1").textContent();
      await page.locator("a.other-language").click();
      await page.waitForURL((url) => url.pathname === "/en/");
      const { searchParams } = new URL(page.url());
      assert.equal(searchParams.get("dow"), "6");
      assert.equal(searchParams.get("hours"), "18-23");
      assert.notEqual(await page.locator("h1").textContent(), heading);
    });
  });

  test("the root leads to the visitor's language", async () => {
    for (const [locale, lang] of [
      ["es-GT", "es"],
      ["en-US", "en"],
      ["fr-FR", "es"],
    ]) {
      await visit(at.browser, `${at.origin}/`, { locale }, async (page) => {
        assert.equal(new URL(page.url()).pathname, `/${lang}/`, locale);
      });
    }
  });
}
