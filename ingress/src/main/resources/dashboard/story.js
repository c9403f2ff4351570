import { byId, say } from "./dom.js";
import { Refused, read } from "./stream.js";

const AGAIN_MILLIS = 5000;

/**
 * Reads a request's story, and again as long as more of it may come: until it has ended or is refused.
 * on.told(story), on.awaited(text), on.trouble(text), on.refused(error).
 */
export function follow(id, key, on) {
  const closing = new AbortController();
  let timer;
  const ask = async () => {
    try {
      const story = await read("/v1/requests/" + encodeURIComponent(id) + "/story", key, closing.signal);
      if (closing.signal.aborted) return;
      if (story.steps.length > 0) on.told(story);
      else on.awaited(story.detail);
      if (story.ended) return;
    } catch (failure) {
      if (closing.signal.aborted) return;
      if (failure instanceof Refused) return on.refused(failure);
      on.trouble(failure.message);
    }
    timer = setTimeout(ask, AGAIN_MILLIS);
  };
  ask();
  return () => {
    clearTimeout(timer);
    closing.abort();
  };
}

export function showStory(story) {
  showAwaited(story.request_id, story.ended
    ? `A request of ${story.tenant_id}, in ${steps(story)}.`
    : `A request of ${story.tenant_id}, in ${steps(story)} so far: its end is not archived yet.`);
  const known = byId("steps").dataset.seqs;
  const seqs = story.request_id + story.steps.map((step) => " " + step.seq).join("");
  if (known === seqs) return; // what is selected or read aloud is left alone
  byId("steps").dataset.seqs = seqs;
  byId("steps").replaceChildren(...story.steps.map((step) => stepOf(step, story.tenant_id)));
}

/** What is said while there is no step to show. */
export function showAwaited(id, text) {
  say(byId("story-title"), id);
  say(byId("story-about"), text);
}

export function clearStory() {
  showAwaited("Request", "");
  delete byId("steps").dataset.seqs;
  byId("steps").replaceChildren();
}

const steps = (story) => (story.steps.length === 1 ? "one step" : story.steps.length + " steps");

function stepOf(step, tenant) {
  const item = document.createElement("li");
  item.className = "card";
  item.dataset.seq = step.seq;
  const when = element("time", step.at);
  when.dateTime = step.at;
  item.append(element("h3", step.title[0].toUpperCase() + step.title.slice(1)), when, listOf(step.lines));
  if (step.counters.length > 0) item.append(countersOf(step));
  const place = element("p", `Record ${step.seq} of ${tenant}, engine ${step.engine}. Hash ${step.hash}, after ${step.prev_hash}.`);
  place.className = "place";
  item.append(place);
  return item;
}

function listOf(lines) {
  const list = document.createElement("ul");
  for (const line of lines) {
    const item = element("li", line.replace(/^-> /, ""));
    if (line.startsWith("-> ")) item.className = "became";
    list.append(item);
  }
  return list;
}

function countersOf(step) {
  const table = document.createElement("table");
  table.append(element("caption", "What it moved"));
  const head = table.createTHead().insertRow();
  for (const name of ["Counter", "Before", "After"]) head.append(header(name, "col"));
  const body = table.createTBody();
  for (const counter of step.counters) {
    const row = body.insertRow();
    row.dataset.counter = counter.name;
    row.append(header(counter.words, "row"), element("td", counter.before), element("td", counter.after));
  }
  return table;
}

function header(text, scope) {
  const cell = element("th", text);
  cell.scope = scope;
  return cell;
}

function element(name, text) {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}
