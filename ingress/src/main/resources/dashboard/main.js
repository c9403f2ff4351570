// Which view is shown: by the key, the address behind '#', the time range and whether it is live.
import { clearAll } from "./charts.js";
import { byId, say } from "./dom.js";
import { showFleet } from "./fleet.js";
import { clock } from "./format.js";
import * as session from "./session.js";
import { Refused, listen, read } from "./stream.js";
import { showTenant } from "./tenant.js";

const SECTIONS = { fleet: showFleet, tenant: showTenant };
let close = () => {};
let live = true;
let last = null;

const state = (kind, text) => {
  say(byId("status"), text);
  byId("status").dataset.state = kind;
};

const range = () => document.querySelector('input[name="range"]:checked').value;

const tenantInAddress = () => decodeURIComponent(/^#\/tenants\/(.+)$/.exec(location.hash)?.[1] ?? "");

function path(kind) {
  const query = new URLSearchParams({ range: range() });
  if (session.looksLikeAdmin() && tenantInAddress()) query.set("tenant", tenantInAddress());
  return "/v1/dashboard" + kind + "?" + query;
}

function start() {
  close();
  close = () => {};
  if (!session.key()) return ask("");
  if (document.hidden) return;
  state("asking", "Asking for the figures…");
  if (live) close = listen(path("/stream"), session.key(), { event, trouble, refused });
  else close = once();
}

function once() {
  const closing = new AbortController();
  read(path(""), session.key(), closing.signal).then(show, (failure) => {
    if (closing.signal.aborted) return;
    if (failure instanceof Refused) refused(failure);
    else trouble(failure.message);
  });
  return () => closing.abort();
}

function event(name, data) {
  if (name === "view") show(data);
  else if (name === "gone") refused(new Refused(404, "There is no such tenant."));
  else trouble("the tables cannot be read");
}

function trouble(why) {
  state("error", "No new figures: " + why + "." + (last ? " Those below are older. Trying again." : " Trying again."));
}

function refused(failure) {
  close();
  if (failure.status === 401) return ask("This key is unknown, revoked or expired.");
  controls();
  for (const name of Object.keys(SECTIONS)) byId(name).hidden = true;
  byId("to-fleet").hidden = !session.looksLikeAdmin();
  say(byId("as-of"), "");
  last = null;
  state("error", failure.message);
}

function controls() {
  byId("ask").hidden = true;
  byId("forget").hidden = false;
  byId("controls").hidden = false;
  byId("open-tenant").hidden = !session.looksLikeAdmin();
}

function ask(error) {
  close();
  close = () => {};
  session.forget();
  clear();
  for (const id of ["fleet", "tenant", "controls", "forget"]) byId(id).hidden = true;
  byId("ask").hidden = false;
  say(byId("key-error"), error);
  say(byId("as-of"), "");
  last = null;
  state(error ? "error" : "asking", error ? "The key was refused." : "Waiting for a key.");
  byId("key").focus();
}

/** Leaves nothing of what one key showed to who enters the next. */
function clear() {
  clearAll();
  for (const body of document.querySelectorAll("tbody, tfoot")) body.replaceChildren();
  for (const figure of document.querySelectorAll("b[data-figure], span[data-figure], small[data-figure]")) say(figure, "");
  say(byId("tenant-title"), "Tenant");
}

function show(view) {
  controls();
  byId("to-fleet").hidden = !session.looksLikeAdmin() || view.view === "fleet";
  for (const name of Object.keys(SECTIONS)) byId(name).hidden = name !== view.view;
  document.title = (view.tenant_id ? view.tenant_id + " – " : "") + "Sluice";
  SECTIONS[view.view](view); // after it is visible: charts need their width
  state("live", live ? "Live." : "Paused.");
  say(byId("as-of"), "As of " + clock(view.at) + " UTC");
  if (!last) performance.mark("sluice-first-view");
  last = view;
  byId(view.view).dataset.updated = view.at;
}

byId("key-form").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const key = byId("key").value.trim();
  byId("key").value = "";
  if (!key) return;
  session.remember(key);
  say(byId("key-error"), "");
  start();
});
byId("open-tenant").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  location.hash = "#/tenants/" + encodeURIComponent(byId("tenant-id").value.trim());
  byId("tenant-id").value = "";
});
byId("range").addEventListener("change", start);
byId("live").addEventListener("click", () => {
  live = !live;
  byId("live").setAttribute("aria-pressed", String(live));
  start();
});
byId("forget").addEventListener("click", () => {
  location.hash = "";
  ask("");
});
addEventListener("hashchange", start);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) close();
  else start();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (last) show(last); });

start();
