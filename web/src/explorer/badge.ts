import { element } from "../dom";
import { type Class, symbols } from "../hotspot/class";

// badge marks a class by colour and symbol, in the page's own style, before the
// words for it.
export function badge(of: Class, words: Node | string): HTMLElement {
  return element(
    "span",
    { class: `badge ${of.replace("_", "-")}` },
    element("span", { "aria-hidden": "true" }, symbols[of]),
    " ",
    words,
  );
}
