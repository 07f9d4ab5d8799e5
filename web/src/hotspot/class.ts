// The classes of a hexagon, as the server gives them: hot, cold or neither,
// after control of the false discovery rate.

export const classes = [
  "hot_99",
  "hot_95",
  "hot_90",
  "none",
  "cold_90",
  "cold_95",
  "cold_99",
  "undefined",
] as const;

export type Class = (typeof classes)[number];

// symbols tell the classes apart without colour.
export const symbols: Record<Class, string> = {
  hot_99: "▲▲▲",
  hot_95: "▲▲",
  hot_90: "▲",
  none: "",
  cold_90: "▽",
  cold_95: "▽▽",
  cold_99: "▽▽▽",
  undefined: "",
};

export function isHot(c: Class): boolean {
  return c.startsWith("hot");
}

export function isCold(c: Class): boolean {
  return c.startsWith("cold");
}
