// Reads the administration's usage report every two seconds and draws its last hour by tenant.
"use strict";
(() => {
  const KEY = "sluice.admin-key";
  const POLL_MILLIS = 2000;
  const MINUTE = 60;
  const MINUTES = 60;
  const SHOWN = 7; // tenants with a line of their own; the rest are added up as one
  const OTHERS = "all others";
  const FIELDS = ["requests", "rejected", "cache_hits", "cost_usd"];
  const COLUMNS = ["requests", "admitted", "rejected", "cache_hits", "input_tokens", "output_tokens", "cost_usd"];
  const LIGHT = ["#1f5fd1", "#c2410c", "#15803d", "#7e22ce", "#b4106b", "#0e7490", "#854d0e", "#475569"];
  const DARK = ["#7fb0ff", "#ffa368", "#6ee7a0", "#cf9bff", "#ff8ac4", "#67dcef", "#f2c94c", "#a9b6c9"];

  const $ = (id) => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const plots = new Map();
  let drawn = ""; // the tenants that the plots were made for
  let last = null;
  let timer = 0;

  const say = (state, text) => {
    const status = $("status");
    if (status.textContent !== text) status.textContent = text;
    status.dataset.state = state;
  };

  const ask = (error) => {
    clearTimeout(timer);
    sessionStorage.removeItem(KEY);
    $("ask").hidden = false;
    $("usage").hidden = true;
    $("forget").hidden = true;
    $("key-error").textContent = error;
    say(error ? "error" : "asking", error || "Waiting for the administrator’s key.");
    $("key").focus();
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(poll, POLL_MILLIS);
  };

  async function poll() {
    const key = sessionStorage.getItem(KEY);
    if (!key) return;
    if (document.hidden) return later();
    try {
      const answer = await fetch("/v1/admin/usage?granularity=minute", {
        headers: { Authorization: "Bearer " + key },
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 401) return ask("This key is unknown, revoked or expired.");
      if (answer.status === 403) return ask("This is a tenant’s key; the administrator’s is needed.");
      if (!answer.ok) throw new Error("the API answered " + answer.status);
      show(await answer.json());
    } catch (failure) {
      const shown = last ? " The figures below are from " + last + "." : "";
      say("error", "No new figures: " + failure.message + "." + shown + " Trying again.");
    }
    later();
  }

  function show(report) {
    $("ask").hidden = true;
    $("usage").hidden = false;
    $("forget").hidden = false;
    const empty = report.tenants.length === 0;
    $("empty").hidden = !empty;
    $("charts").hidden = empty;
    $("totals").parentElement.hidden = empty;
    if (!empty) {
      draw(report);
      tabulate(report);
    }
    last = new Date().toLocaleTimeString();
    say("live", (empty ? "Live. Nothing yet, asked at " : "Live, as of ") + last);
    $("usage").dataset.updated = String(Number($("usage").dataset.updated || 0) + 1);
  }

  /** One list of numbers per shown tenant and field, over the minutes of the report. */
  function series(report) {
    const byRequests = [...report.tenants].sort(
      (a, b) => b.requests - a.requests || a.tenant_id.localeCompare(b.tenant_id));
    const own = byRequests.slice(0, SHOWN).map((t) => t.tenant_id).sort();
    const names = byRequests.length > SHOWN ? [...own, OTHERS] : own;
    const end = Math.floor(Date.parse(report.to) / 1000 / MINUTE) * MINUTE - MINUTE;
    const times = Array.from({ length: MINUTES + 1 }, (_, i) => end - (MINUTES - i) * MINUTE);
    const index = new Map(times.map((time, i) => [time, i]));
    const data = {};
    for (const field of FIELDS) data[field] = names.map(() => times.map(() => 0));
    for (const row of report.rows) {
      const at = index.get(Date.parse(row.window_start) / 1000);
      if (at === undefined) continue;
      const known = own.indexOf(row.tenant_id);
      const line = known >= 0 ? known : names.length - 1;
      // Numbers are good enough to draw; the table below shows the server's exact strings.
      for (const field of FIELDS) data[field][line][at] += Number(row[field]);
    }
    return { names, times, data };
  }

  function draw(report) {
    const { names, times, data } = series(report);
    const look = names.join("\n") + dark.matches;
    if (look !== drawn) {
      plots.forEach((plot) => plot.destroy());
      plots.clear();
      drawn = look;
    }
    for (const field of FIELDS) {
      const values = [times, ...data[field]];
      const box = $("chart-" + field).querySelector(".plot");
      const sums = names.map((name, i) => name + " " +
        data[field][i].reduce((a, b) => a + b, 0).toLocaleString(undefined, { maximumFractionDigits: 6 }));
      box.setAttribute("aria-label",
        $("chart-" + field).querySelector("figcaption").textContent + ", last hour: " + sums.join(", "));
      if (plots.has(field)) plots.get(field).setData(values);
      else plots.set(field, plot(field, names, values, box));
    }
  }

  function plot(field, names, values, box) {
    const style = getComputedStyle(document.documentElement);
    const colors = dark.matches ? DARK : LIGHT;
    const axis = {
      stroke: style.getPropertyValue("--soft"),
      grid: { stroke: style.getPropertyValue("--line"), width: 1 },
      ticks: { stroke: style.getPropertyValue("--line"), width: 1 },
    };
    const text = field === "cost_usd"
      ? (v) => (v === 0 ? "0" : v.toLocaleString(undefined, { maximumSignificantDigits: 4 }))
      : (v) => v.toLocaleString();
    return new uPlot({
      width: width(box),
      height: 220,
      scales: { y: { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
      axes: [axis, { ...axis, size: field === "cost_usd" ? 80 : 56, values: (u, ticks) => ticks.map(text) }],
      series: [
        { value: (u, v) => (v === null || v === undefined ? "–" : new Date(v * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })) },
        ...names.map((name, i) => ({
          label: name,
          stroke: colors[i % colors.length],
          width: 2,
          points: { show: false },
          value: (u, v) => (v === null || v === undefined ? "–" : text(v)),
        })),
      ],
    }, values, box);
  }

  const width = (box) => Math.max(200, Math.floor(box.clientWidth));

  function tabulate(report) {
    const body = $("totals").tBodies[0];
    body.replaceChildren(...report.tenants.map((tenant) => row(tenant.tenant_id, tenant)));
    $("totals").tFoot.replaceChildren(row("All", report.totals));
  }

  function row(name, counts) {
    const tr = document.createElement("tr");
    tr.dataset.tenant = name;
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    tr.append(head);
    for (const column of COLUMNS) {
      const td = document.createElement("td");
      td.dataset.field = column;
      td.textContent = column === "cost_usd" ? counts[column] : counts[column].toLocaleString();
      tr.append(td);
    }
    return tr;
  }

  $("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const key = $("key").value.trim();
    $("key").value = "";
    if (!key) return;
    sessionStorage.setItem(KEY, key);
    $("key-error").textContent = "";
    say("asking", "Asking for the figures…");
    poll();
  });
  $("forget").addEventListener("click", () => ask(""));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
  dark.addEventListener("change", poll);
  new ResizeObserver(() => plots.forEach((plot, field) => {
    const box = $("chart-" + field).querySelector(".plot");
    if (plot.width !== width(box)) plot.setSize({ width: width(box), height: 220 });
  })).observe($("charts"));

  if (sessionStorage.getItem(KEY)) poll();
  else ask("");
})();
