import { drawAll } from "./charts.js";
import { byId, figure, fillOr, say } from "./dom.js";
import { cost, counted, showFigures, showReasons } from "./figures.js";
import { clock, count, date, millis } from "./format.js";

export function showTenant(view) {
  const section = byId("tenant");
  say(byId("tenant-title"), `${view.tenant_id}, tier ${view.tier}${view.suspended ? ", suspended" : ""}`);
  showSpend(section, view.spend);
  showFigures(section, view);
  drawAll(section, view);
  showReasons(section, "reasons", view.recent);
  showUsage("models", view.by_model);
  showUsage("endpoints", view.by_endpoint);
  showLimits(view.limits);
  showRequests(view.requests);
}

function showSpend(section, spend) {
  for (const [period, part] of Object.entries(spend)) {
    figure(section, "spent-" + period, part.spent_usd);
    figure(section, "budget-" + period, part.budget_usd === null
      ? "without a budget"
      : `of ${part.budget_usd} USD (${part.action}), ${part.left_usd} left`);
    const bar = section.querySelector(`progress[data-figure="used-${period}"]`);
    bar.hidden = part.used_permille === undefined;
    if (!bar.hidden) bar.value = Math.min(1000, part.used_permille);
  }
  figure(section, "projected", spend.month.projected_usd);
  figure(section, "projected-over", spend.month.projected_over_budget ? "– above the budget" : "");
}

function showUsage(id, rows) {
  fillOr(byId(id).tBodies[0], rows, (row) => row.name ?? "", [
    { name: "name", text: (row) => row.name ?? "all others" },
    counted("requests"), counted("rejected"), counted("cache_hits"), cost,
  ], "Nothing was used.");
}

function showLimits(limits) {
  fillOr(byId("limits").tBodies[0], limits, (row) => row.name, [
    { name: "name", text: (row) => row.name },
    { name: "limit", text: (row) => (row.limit === null ? "unlimited" : count(row.limit)) },
    { name: "left", text: left },
  ], "");
}

function left(row) {
  if (row.limit === null) return "–";
  return row.left === null ? "not known" : count(row.left);
}

function showRequests(requests) {
  fillOr(byId("requests").tBodies[0], requests, (row) => row.id, [
    { name: "id", text: (row) => row.id, href: (row) => "#/requests/" + encodeURIComponent(row.id) },
    { name: "received_at", text: (row) => date(row.received_at) + " " + clock(row.received_at) },
    { name: "status", text: (row) => row.status },
    { name: "decision", text: (row) => row.outcome + (row.reason ? ": " + row.reason : "") },
    { name: "model", text: (row) => row.model },
    { name: "endpoint", text: (row) => row.endpoint },
    { name: "answered_ms", text: (row) => millis(row.answered_ms) },
    cost,
  ], "No request was decided yet.");
}
