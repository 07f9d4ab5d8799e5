import path from "node:path";
import { test } from "node:test";
import { desk, firstHotspot, mapReady, phone, visit } from "./browser.mjs";

// takePictures renews the pictures of the documentation, only when the folder
// for them is given: ATALAYA_PICTURES=../docs/images.
export function takePictures(at) {
  const folder = process.env.ATALAYA_PICTURES;
  const skip = folder ? false : "ATALAYA_PICTURES is not set";

  test("pictures of the documentation", { skip }, async () => {
    const pages = [
      ["hotspots", `${at.origin}/en/`, desk],
      ["hotspot-phone", await firstHotspot(at, "es"), phone],
      ["map", `${at.origin}/en/map`, desk],
    ];
    for (const [name, address, viewport] of pages) {
      await visit(at.browser, address, { viewport }, async (page) => {
        if (name === "map") {
          await mapReady(page);
          await page.locator(".ranking button").first().click();
          await page.locator(".chosen dl").waitFor();
          await page.evaluate(() => scrollTo(0, 0));
        }
        await page.screenshot({ path: path.join(folder, `${name}.png`) });
      });
    }
  });
}
