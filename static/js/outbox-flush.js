// Sends what waits, in its order, one tab at a time. Only an answer that names an item's uuid takes it out.

const FIRST = 5000, LAST = 300_000, PATIENCE = 20_000; // ms: first and longest pause, longest wait for an answer
const box = self.callbackOutbox;
const { outbox: address } = document.body.dataset;
let timer, pause = 0, running, again;

class Stop extends Error {}

async function ask(how, token) {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const headers = token ? { "Content-Type": "application/json", "X-CSRFToken": token } : {};
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store", credentials: "same-origin", headers, signal, ...how });
  } catch {
    throw new Stop("offline");
  }
  if (answer.type === "opaqueredirect") throw new Stop("signed-out");
  // What comes from a gateway or a hotel's network is no JSON of ours.
  const json = await answer.json().catch(() => ({}));
  return { status: answer.status, json: json ?? {} };
}

async function greet() {
  const { status, json } = await ask({});
  if (status !== 200 || !json.token) throw new Stop("server");
  if (json.user !== box.user || !json.may_write) throw new Stop("other");
  // The shell has no token of its own, for Undo and the preview.
  if (document.body.dataset.shell !== undefined) document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": json.token }));
  return json.token;
}

async function post(item, token) {
  const { uuid, seq, kind, occurred_at, zone, fields } = item;
  const body = () => JSON.stringify({ uuid, seq, kind, occurred_at, zone, fields, sent_at: box.stamp() });
  const answer = await ask({ method: "POST", body: body() }, token);
  if (answer.status !== 403) return { ...answer, token };
  const renewed = await greet(); // signed in anew meanwhile: the token of before is worth nothing
  return { ...(await ask({ method: "POST", body: body() }, renewed)), token: renewed };
}

// True when the next one may be sent.
async function settle(item, { status, json }) {
  if (json.ack === item.uuid) {
    await box.remove([item.uuid]);
    box.tell({ acked: item.uuid, answer: json, tab: item.tab, at: Date.parse(item.occurred_at) });
    return true;
  }
  const tooLarge = [413, 414, 431].includes(status);
  if (json.rejected === item.uuid || tooLarge) {
    const why = json.why ?? "The server does not take anything that long. Shorten it.";
    await box.change(item.uuid, (one) => Object.assign(one, { state: "refused", why, renew: Boolean(json.renew) }));
    box.tell({ refused: item.uuid, why, tab: item.tab });
    return true;
  }
  await box.change(item.uuid, (one) => void one.failures++);
  // The server stumbles over this one each time: the others need not wait for it.
  if (status < 502 && item.failures >= 2) return true;
  throw new Stop("server");
}

async function send() {
  let token, last = 0, sent = 0;
  try {
    for (let item; (item = await box.next(last)); last = item.seq) {
      token ??= await greet();
      // From here on it may have arrived, whatever comes back: it can no longer be changed or thrown away.
      if (!item.tried && !(await box.change(item.uuid, (one) => one.state === "waiting" && !!(one.tried = true)))) continue;
      const answer = await post(item, token);
      token = answer.token;
      if (await settle(item, answer)) sent++;
      pause = 0;
    }
    box.trouble = "";
  } catch (error) {
    box.trouble = error instanceof Stop ? error.message : "server";
    if (!(error instanceof Stop)) console.warn("outbox", error);
  }
  if (sent || box.trouble) box.tell({ changed: true, trouble: box.trouble });
}

async function flush() {
  clearTimeout(timer);
  if (!box?.user || address === undefined) return;
  if (running) return void (again = true);
  running = true;
  try {
    if (navigator.locks) await navigator.locks.request("callback-outbox", send);
    else await send();
    if (await box.next(0)) {
      pause = Math.min(LAST, pause * 2 || FIRST);
      timer = setTimeout(flush, pause * (0.75 + Math.random() / 2));
    }
  } catch (error) {
    console.warn("outbox", error);
  } finally {
    running = false;
  }
  if (again) {
    again = false;
    flush();
  }
}

const soon = () => ((pause = 0), flush());
document.addEventListener("outbox-flush", soon);
addEventListener("online", soon);
addEventListener("pageshow", soon);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon());
