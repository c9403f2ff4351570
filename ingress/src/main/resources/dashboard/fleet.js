import { drawAll } from "./charts.js";
import { byId, figure, fill, fillOr } from "./dom.js";
import { cost, counted, showFigures, showReasons } from "./figures.js";
import { bytes, millis } from "./format.js";

const COLUMNS = ["requests", "admitted", "rejected", "cache_hits", "input_tokens", "output_tokens"].map(counted);
const JOB = {
  "known": "",
  "not-configured": "not configured: SLUICE_DASHBOARD_FLINK_URL is not set",
  "unavailable": "does not answer",
  "no-job": "there is none",
};

export function showFleet(view) {
  const section = byId("fleet");
  showFigures(section, view);
  drawAll(section, view);
  const tenant = (href) => ({
    name: "tenant",
    text: (row) => row.name ?? "all others",
    href: (row) => (href && row.name !== null ? "#/tenants/" + encodeURIComponent(row.name) : undefined),
  });
  fillOr(byId("tenants").tBodies[0], view.tenants, (row) => row.name ?? "", [tenant(true), ...COLUMNS, cost],
    "Nobody used anything.");
  fill(byId("tenants").tFoot, [{ ...view.totals, name: "All " + view.tenants_with_usage }], () => "total",
    [tenant(false), ...COLUMNS, cost]);
  showReasons(section, "fleet-reasons", view.recent);
  showJob(section, view.job);
}

function showJob(section, job) {
  figure(section, "job-state", JOB[job.state] ?? job.state);
  const rows = [
    ...job.circuits.map((c) => ({ what: "Circuit of " + c.target, state: c.state })),
    ...job.lag.map((l) => ({ what: "Behind " + l.stream, state: millis(l.behind_ms) })),
  ];
  if (job.checkpoint) {
    rows.push({
      what: "Last checkpoint",
      state: `${millis(job.checkpoint.age_ms)} ago, took ${millis(job.checkpoint.duration_ms)}, ${bytes(job.checkpoint.state_bytes)}`,
    });
  }
  fillOr(byId("job").tBodies[0], rows, (row) => row.what, [
    { name: "what", text: (row) => row.what },
    { name: "state", text: (row) => row.state },
  ], "Circuits, stream lag and checkpoints are not known.");
}
