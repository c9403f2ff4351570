// Which view is shown: by the key, the address behind '#', the time range and whether it is live.
import { clearAll } from "./charts.js";
import { byId, say } from "./dom.js";
import { showFleet } from "./fleet.js";
import { clock } from "./format.js";
import * as session from "./session.js";
import { clearStory, follow, showAwaited, showStory } from "./story.js";
import { Refused, listen, read } from "./stream.js";
import { showTenant } from "./tenant.js";

const SECTIONS = { fleet: showFleet, tenant: showTenant };
const VIEWS = [...Object.keys(SECTIONS), "story"];
let close = () => {};
let live = true;
let last = null;

const state = (kind, text) => {
  say(byId("status"), text);
  byId("status").dataset.state = kind;
};

const range = () => document.querySelector('input[name="range"]:checked').value;

/** What the address names: of `tenants` or `requests`; empty if nothing of the kind. */
function inAddress(kind) {
  const [, found, id] = /^#\/(\w+)\/(.+)$/.exec(location.hash) ?? [];
  if (found !== kind) return "";
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

const tenantInAddress = () => inAddress("tenants");
const requestInAddress = () => inAddress("requests");

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
  if (requestInAddress()) return openStory(requestInAddress());
  state("asking", "Asking for the figures…");
  if (live) close = listen(path("/stream"), session.key(), { event, trouble, refused });
  else close = once();
}

function openStory(id) {
  if (byId("story-title").textContent !== id) clearStory();
  state("asking", "Looking through the archive…");
  const look = (text, kind) => {
    openView("story");
    document.title = id + " – Sluice";
    state(kind, text);
  };
  close = follow(id, session.key(), {
    told(story) {
      look(story.ended ? "The whole story." : "Live.", "live");
      if (session.looksLikeAdmin()) {
        byId("to-tenant").hidden = false;
        byId("to-tenant").href = "#/tenants/" + encodeURIComponent(story.tenant_id);
      }
      showStory(story);
    },
    awaited(text) {
      look("Waiting for the archive.", "asking");
      showAwaited(id, text);
    },
    trouble(why) {
      look("No story: " + why + " Trying again.", "error");
      showAwaited(id, byId("story-about").textContent);
    },
    refused,
  });
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
  openView("");
  state("error", failure.message);
}

/** Opens a view that has no figures, or none. */
function openView(view) {
  controls();
  for (const name of VIEWS) byId(name).hidden = name !== view;
  byId("to-fleet").hidden = !session.looksLikeAdmin();
  byId("to-tenant").hidden = session.looksLikeAdmin() || !requestInAddress();
  byId("to-tenant").href = "#/";
  say(byId("as-of"), "");
  last = null;
}

function controls() {
  byId("ask").hidden = true;
  byId("forget").hidden = false;
  byId("controls").hidden = false;
  byId("open-tenant").hidden = !session.looksLikeAdmin();
  byId("to-tenant").hidden = true;
  const story = requestInAddress() !== "";
  byId("range").hidden = story;
  byId("live").hidden = story;
}

function ask(error) {
  close();
  close = () => {};
  session.forget();
  clear();
  for (const id of [...VIEWS, "controls", "forget"]) byId(id).hidden = true;
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
  clearStory();
  for (const body of document.querySelectorAll("tbody, tfoot")) body.replaceChildren();
  for (const figure of document.querySelectorAll("b[data-figure], span[data-figure], small[data-figure]")) say(figure, "");
  say(byId("tenant-title"), "Tenant");
}

function show(view) {
  controls();
  byId("to-fleet").hidden = !session.looksLikeAdmin() || view.view === "fleet";
  for (const name of VIEWS) byId(name).hidden = name !== view.view;
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
byId("open-request").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  location.hash = "#/requests/" + encodeURIComponent(byId("request-id").value.trim());
  byId("request-id").value = "";
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
