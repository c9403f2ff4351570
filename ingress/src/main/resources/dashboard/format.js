export const count = (number) => number.toLocaleString("en");

export const share = (permyriad) =>
  permyriad === null ? "–" : (permyriad / 100).toLocaleString("en", { maximumFractionDigits: 2 }) + " %";

export function millis(ms) {
  if (ms === null) return "–";
  if (ms < 1000) return ms + " ms";
  if (ms < 120000) return (ms / 1000).toLocaleString("en", { maximumFractionDigits: 1 }) + " s";
  if (ms < 7200000) return Math.floor(ms / 60000) + " min";
  return Math.floor(ms / 3600000) + " h";
}

export const percentiles = (latency) => millis(latency.p50) + " / " + millis(latency.p95);

export const bytes = (n) =>
  n < 1048576 ? Math.ceil(n / 1024) + " KiB" : (n / 1048576).toLocaleString("en", { maximumFractionDigits: 1 }) + " MiB";

/** The time of an instant such as 2026-11-23T10:00:00.123Z, in UTC. */
export const clock = (instant) => instant.slice(11, 19);

export const date = (instant) => instant.slice(0, 10);

export const RANGES = {
  hour: { covers: "in 60 minutes", unit: "minute" },
  day: { covers: "in 24 hours", unit: "hour" },
  month: { covers: "in 31 days", unit: "day" },
};
