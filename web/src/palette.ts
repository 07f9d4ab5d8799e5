import type { Class } from "./hotspot/class";

// Paint is how one class of hexagon is drawn. Outlines carry the meaning where
// the fill has too little contrast with the ground, so no class goes without.
export interface Paint {
  fill: string;
  outline: string;
  width: number; // of the outline, px
  pattern?: Pattern; // drawn over the fill
}

// Pattern is stripes that rise or fall from left to right, or dots.
export interface Pattern {
  shape: "rising" | "falling" | "dots";
  ink: string; // #rrggbb
}

// Palette is every colour of the map for one scheme.
export interface Palette {
  scheme: "light" | "dark";
  ground: string; // outside every study area
  land: string; // inside the study areas
  border: string; // outlines of areas
  selection: string; // outline of the chosen hexagon
  casing: string; // under that outline, so that it shows on every fill
  classes: Record<Class, Paint>;
}

const clear = "rgba(0, 0, 0, 0)";

export const light: Palette = {
  scheme: "light",
  ground: "#f8f7f4",
  land: "#eceae3",
  border: "#6b7280",
  selection: "#111827",
  casing: "#ffffff",
  classes: {
    hot_99: {
      fill: "#b2182b",
      outline: "#67001f",
      width: 2,
      pattern: { shape: "rising", ink: "#67001f" },
    },
    hot_95: { fill: "#ef8a62", outline: "#67001f", width: 1 },
    hot_90: { fill: "#fddbc7", outline: "#67001f", width: 0.7 },
    none: { fill: clear, outline: "#a8a498", width: 0.5 },
    cold_90: { fill: "#d1e5f0", outline: "#053061", width: 0.7 },
    cold_95: { fill: "#67a9cf", outline: "#053061", width: 1 },
    cold_99: {
      fill: "#2166ac",
      outline: "#053061",
      width: 2,
      pattern: { shape: "falling", ink: "#053061" },
    },
    undefined: {
      fill: clear,
      outline: "#77746a",
      width: 0.5,
      pattern: { shape: "dots", ink: "#77746a" },
    },
  },
};

// In the dark, brighter is stronger: the light fills would turn the order round.
export const dark: Palette = {
  scheme: "dark",
  ground: "#0d131a",
  land: "#18212b",
  border: "#8b98a8",
  selection: "#ffffff",
  casing: "#0d131a",
  classes: {
    hot_99: {
      fill: "#ffb199",
      outline: "#ffe3da",
      width: 2,
      pattern: { shape: "rising", ink: "#8c2a1c" },
    },
    hot_95: { fill: "#e8604c", outline: "#ffd0c2", width: 1 },
    hot_90: { fill: "#8c3a33", outline: "#ffb199", width: 0.7 },
    none: { fill: clear, outline: "#46535f", width: 0.5 },
    cold_90: { fill: "#2f5573", outline: "#a6d8ff", width: 0.7 },
    cold_95: { fill: "#4f93c4", outline: "#d3ecff", width: 1 },
    cold_99: {
      fill: "#a6d8ff",
      outline: "#eaf6ff",
      width: 2,
      pattern: { shape: "falling", ink: "#1f5f92" },
    },
    undefined: {
      fill: clear,
      outline: "#7c8a99",
      width: 0.5,
      pattern: { shape: "dots", ink: "#7c8a99" },
    },
  },
};
