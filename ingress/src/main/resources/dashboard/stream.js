// Server-sent events by fetch, because EventSource cannot send the key in a header.
const QUIET_MILLIS = 15000;
const LONGEST_PAUSE_MILLIS = 10000;

/** Answers that trying again does not change. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/**
 * Reads events until it is closed, over as many connections as it takes.
 * on.event(name, data), on.trouble(text), on.refused(error).
 */
export function listen(path, key, on) {
  const closing = new AbortController();
  run(path, key, on, closing.signal);
  return () => closing.abort();
}

/** Reads one document. */
export async function read(path, key, signal) {
  const answer = await ask(path, key, "application/json", signal);
  return answer.json();
}

async function run(path, key, on, closed) {
  let failures = 0;
  while (!closed.aborted) {
    try {
      await connection(path, key, closed, (name, data) => {
        failures = 0;
        on.event(name, data);
      });
    } catch (failure) {
      if (closed.aborted) return;
      if (failure instanceof Refused) return on.refused(failure);
      failures++;
      on.trouble(failure.message);
      await pause(Math.min(LONGEST_PAUSE_MILLIS, 500 * 2 ** Math.min(failures, 5)), closed);
    }
  }
}

/** One connection, to its regular end. */
async function connection(path, key, closed, onEvent) {
  const own = new AbortController();
  const end = () => own.abort();
  closed.addEventListener("abort", end);
  let quiet = setTimeout(end, QUIET_MILLIS);
  try {
    const answer = await ask(path, key, "text/event-stream", own.signal);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = parser(onEvent);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(quiet);
      quiet = setTimeout(end, QUIET_MILLIS);
      parse(value);
    }
  } catch (failure) {
    throw own.signal.aborted ? new Error("nothing came for a while") : failure;
  } finally {
    clearTimeout(quiet);
    closed.removeEventListener("abort", end);
  }
}

async function ask(path, key, accept, signal) {
  const answer = await fetch(path, {
    headers: { Authorization: "Bearer " + key, Accept: accept },
    cache: "no-store",
    signal,
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  const detail = problem.detail ?? "the API answered " + answer.status;
  throw answer.headers.get("x-should-retry") === "false" || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
    ? new Refused(answer.status, detail)
    : new Error(detail);
}

/** Takes text in any pieces; gives whole events. */
export function parser(onEvent) {
  let rest = "";
  return (text) => {
    rest += text;
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      let name = "message";
      const data = [];
      for (const line of rest.slice(0, end).split("\n")) {
        if (line.startsWith("event: ")) name = line.slice(7);
        if (line.startsWith("data: ")) data.push(line.slice(6));
      }
      rest = rest.slice(end + 2);
      onEvent(name, JSON.parse(data.join("\n")));
    }
  };
}

const pause = (millis, closed) =>
  new Promise((done) => {
    const timer = setTimeout(done, millis);
    closed.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    }, { once: true });
  });
