import { say } from "./dom.js";
import { RANGES, count } from "./format.js";

const { uPlot } = window; // a classic script before this one, because only that build is small
const LIGHT = ["#1f5fd1", "#c2410c", "#15803d", "#7e22ce", "#b4106b", "#475569"];
const DARK = ["#7fb0ff", "#ffa368", "#6ee7a0", "#cf9bff", "#ff8ac4", "#a9b6c9"];
const HEIGHT = 220;
const dark = matchMedia("(prefers-color-scheme: dark)");
const charts = new Map();

/** Draws the two charts of a view. */
export function drawAll(section, view) {
  const { series, range } = view;
  const unit = RANGES[range].unit;
  draw(section.querySelector('[data-chart="requests"]'), `Requests a ${unit}, UTC`, series.starts, [
    { name: "admitted", values: series.admitted },
    { name: "rejected", values: series.rejected },
    { name: "of the admitted, cache hits", values: series.cache_hits },
  ], count);
  const by = view.view === "fleet" ? "tenant" : "model";
  // Numbers are good enough to draw; tables show the server's exact strings.
  draw(section.querySelector('[data-chart="cost"]'), `Cost a ${unit} by ${by}, USD, UTC`, series.starts,
    series.costs.map((line) => ({ name: line.name ?? "all others", values: line.cost_usd.map(Number) })), money);
}

/** Takes everything drawn off the page. */
export function clearAll() {
  for (const [area, { plot }] of charts) {
    plot.destroy();
    area.removeAttribute("aria-label");
    resized.unobserve(area);
  }
  charts.clear();
}

const money = (v) => (v === 0 ? "0" : v.toLocaleString("en", { maximumSignificantDigits: 4 }));

function draw(box, title, starts, lines, text) {
  say(box.querySelector("figcaption"), title);
  const area = box.querySelector(".plot");
  const sums = lines.map((line) => line.name + " " + text(line.values.reduce((a, b) => a + b, 0)));
  area.setAttribute("aria-label", title + ". Sums: " + (sums.join(", ") || "nothing") + ".");
  const look = [title, dark.matches, ...lines.map((line) => line.name)].join("\n");
  const known = charts.get(area);
  const data = [starts, ...lines.map((line) => line.values)];
  if (known?.look === look) {
    known.plot.setData(data);
  } else {
    known?.plot.destroy();
    charts.set(area, { look, plot: plot(area, lines, data, text) });
    resized.observe(area);
  }
}

function plot(area, lines, data, text) {
  const style = getComputedStyle(document.documentElement);
  const colors = dark.matches ? DARK : LIGHT;
  const axis = {
    stroke: style.getPropertyValue("--soft"),
    grid: { stroke: style.getPropertyValue("--line"), width: 1 },
    ticks: { stroke: style.getPropertyValue("--line"), width: 1 },
  };
  return new uPlot({
    width: width(area),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    fmtDate: (template) => uPlot.fmtDate(hours24(template)),
    scales: { y: { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [axis, { ...axis, size: 76, values: (u, ticks) => ticks.map(text) }],
    series: [
      { value: "{YYYY}-{MM}-{DD} {HH}:{mm}" },
      ...lines.map((line, i) => ({
        label: line.name,
        stroke: colors[i % colors.length],
        width: 2,
        points: { show: false },
        value: (u, v) => (v === null || v === undefined ? "–" : text(v)),
      })),
    ],
  }, data, area);
}

const hours24 = (template) =>
  template.replaceAll("{h}:{mm}{aa}", "{HH}:{mm}").replaceAll("{h}{aa}", "{HH}:00")
    .replaceAll("{M}/{D}/{YY}", "{YYYY}-{MM}-{DD}").replaceAll("{M}/{D}", "{MM}-{DD}");

const width = (area) => Math.max(200, Math.floor(area.clientWidth));

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const known = charts.get(target);
    if (known && target.clientWidth > 0 && known.plot.width !== width(target)) {
      known.plot.setSize({ width: width(target), height: HEIGHT });
    }
  }
});
