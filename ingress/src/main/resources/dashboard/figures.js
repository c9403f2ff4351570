import { byId, figure, fillOr } from "./dom.js";
import { RANGES, count, percentiles, share } from "./format.js";

/** What both views show of totals, pace and recent results. */
export function showFigures(section, view) {
  const { totals, pace, recent } = view;
  figure(section, "rps", pace.requests_per_second);
  figure(section, "spend-minute", pace.cost_usd_per_minute);
  figure(section, "pace-covers", `over the last ${pace.seconds} s`);
  for (const name of ["requests", "admitted", "rejected"]) figure(section, name, count(totals[name]));
  figure(section, "hit-share", share(totals.cache_hit_permyriad));
  figure(section, "range-covers", RANGES[view.range].covers);
  figure(section, "answered", percentiles(recent.answered_ms));
  figure(section, "answered-covers", covers(recent.answered_ms.samples));
  figure(section, "model", percentiles(recent.model_ms));
  figure(section, "model-covers", covers(recent.model_ms.samples));
}

const covers = (samples) => `of the newest ${count(samples)} in 60 minutes`;

/** Reasons of rejections, and what they were counted over. */
export function showReasons(section, id, recent) {
  const of = recent.tenants_active === undefined
    ? "" : ` of ${count(recent.tenants_read)} of ${count(recent.tenants_active)} active tenants`;
  figure(section, "recent-covers", `among the newest ${count(recent.results)} results${of} in 60 minutes`);
  fillOr(byId(id).tBodies[0], recent.rejected_by_reason, (row) => row.reason, [
    { name: "reason", text: (row) => row.reason },
    { name: "requests", text: (row) => count(row.requests) },
  ], "None of them was rejected.");
}

/** A column of a count. */
export const counted = (name) => ({ name, text: (row) => count(row[name]) });

/** Money as the server wrote it: exact. */
export const cost = { name: "cost_usd", text: (row) => row.cost_usd };
