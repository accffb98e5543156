// The page on which a form is filled in and sent (测评作答页).

import { answersOf, askedOf, cardsOf, isBlank, linesOf } from "./form.js";
import { make } from "./fields.js";
import { agreed, box, card, final, heading, looking, offer } from "./parts.js";
import { credentials, newKey, placeOf, request } from "./sending.js";
import { CHINESE, ownName, texts } from "./texts.js";

const audience = location.pathname.split("/")[2];
const path = `/v1/audiences/${audience}`;
const place = placeOf(audience);
const known = credentials(place);
const main = document.getElementById("main");
const notice = document.getElementById("notice");

const page = {
  form: null,
  lines: [],
  language: place.get("language") ?? CHINESE,
  words: texts(place.get("language") ?? CHINESE),
  values: new Map(JSON.parse(place.get("values") ?? "[]")),
  // Sent, and not known whether it arrived: nothing may change until that is known.
  pending: JSON.parse(place.get("pending") ?? "null"),
  get frozen() {
    return this.pending !== null;
  },
  changed(key, value) {
    this.values.set(key, value);
    place.set("values", JSON.stringify([...this.values]));
    const clear = main.querySelector(`[data-clears="${key}"]`);
    if (clear) clear.hidden = isBlank(value);
    why(key, null);
    follow();
  },
};

async function open() {
  say(page.words.loading);
  const found = await request(`${path}/form`, { language: page.language, bearer: known.bearer });
  say(null);
  if (found.problem?.status === 401 && known.bearer) {
    // What is asked everybody may read.
    logOut();
    await open();
    return say(page.words.expired, true);
  }
  if (!found.answer) return show(offer(reason(found), page.words.retry, open));
  page.form = found.answer;
  page.lines = linesOf(page.form);
  if (!page.form.languages.includes(page.language)) speak(CHINESE);
  draw();
}

function speak(language) {
  page.language = language;
  page.words = texts(language);
  place.set("language", language);
}

function draw() {
  const { form, words, language } = page;
  document.documentElement.lang = language;
  document.getElementById("name").textContent = document.title = words.name;
  document.getElementById("larger").textContent = words.larger;
  offerLanguages();
  const ending = place.get("ending");
  if (ending) return finish(ending);
  if (form.state !== "open") return show(heading(page), box(words.over));
  if (form.channel === "roll" && !known.bearer) return show(heading(page), login());
  if (form.channel === "open" && !known.link) return show(heading(page), box(words.needsLink));
  if (form.channel === "invitation" && !known.token) return show(heading(page), box(words.needsLink));
  const cards = cardsOf(form).map((one) => card(page, one));
  const send = make("button", { type: "submit", class: "main", id: "send" },
    page.frozen ? words.again : words.send);
  const sheet = make("form", { novalidate: true, onsubmit: submit }, ...cards, final(page), send);
  show(heading(page), looking(page), sheet);
  const today = new Date().toLocaleDateString("sv");
  if (page.frozen) say(words.restored, true);
  else if (today < form.opens_on || today > form.closes_on) say(words.pastDays);
  return follow();
}

// Hide what is not asked after the answers so far, and tell how much is left.
function follow() {
  const asked = askedOf(page.lines, page.values);
  for (const field of main.querySelectorAll("[data-key]")) {
    field.hidden = !asked.has(field.dataset.key);
  }
  for (const section of main.querySelectorAll("form > .card")) {
    section.hidden = [...section.querySelectorAll("[data-key]")].every((field) => field.hidden);
  }
  const done = [...asked].filter((key) => !isBlank(page.values.get(key))).length;
  const bar = document.getElementById("progress");
  bar.max = asked.size || 1;
  bar.value = done;
  document.getElementById("progress-text").textContent = page.words.done(done, asked.size);
  document.getElementById("done").hidden = false;
  return asked;
}

async function submit(event) {
  event.preventDefault();
  if (!page.frozen) {
    const asked = follow();
    const missing = page.lines.filter((line) =>
      asked.has(line.key) && line.question.required && isBlank(page.values.get(line.key)));
    for (const line of missing) why(line.key, page.words.missing);
    if (missing.length) {
      say(page.words.someMissing(missing.length), true);
      return goTo(missing[0].key);
    }
    const blank = [...asked].filter((key) => isBlank(page.values.get(key))).length;
    if (!(await agreed(page, blank))) return null;
    hold();
  }
  return send();
}

// Keep what is sent and its key together: whatever happens, the same goes out again.
function hold() {
  const { link, token } = known;
  const body = {
    form_version: page.form.form_version,
    language: page.language,
    answers: answersOf(page.lines, page.values),
    ...(page.form.channel === "open" && { link }),
    ...(page.form.channel === "invitation" && { token }),
  };
  page.pending = { key: newKey(), body };
  place.set("pending", JSON.stringify(page.pending));
}

function release() {
  page.pending = null;
  place.forget("pending");
}

let sending = false;

async function send() {
  if (sending || !page.pending) return null;
  sending = true;
  const button = document.getElementById("send");
  button.disabled = true;
  button.textContent = page.words.sending;
  const found = await request(`${path}/answers`, {
    language: page.language, bearer: known.bearer, ...page.pending,
  });
  sending = false;
  if (found.answer) return finish(found.answer.counted === false ? "notCounted" : "thanks");
  if (found.lost) {
    draw();
    say(null);
    document.getElementById("unsent").scrollIntoView({ block: "center" });
    return document.getElementById("send").focus({ preventScroll: true });
  }
  release();
  return refused(found.problem);
}

async function refused(problem) {
  if (problem.code === "already-answered") return finish("already");
  if (problem.code === "form-changed") {
    await open();
    return say(page.words.changed, true);
  }
  if (problem.status === 401) {
    logOut();
    draw();
    return say(page.words.expired, true);
  }
  const answers = answersOf(page.lines, page.values);
  draw();
  say(page.words.failed + reason({ problem }), true);
  let first = null;
  for (const { pointer, detail } of problem.errors ?? []) {
    const answer = answers[/^\/answers\/(\d+)/.exec(pointer ?? "")?.[1]];
    if (!answer) continue;
    const key = answer.item_id ? `${answer.question}:${answer.item_id}` : answer.question;
    why(key, detail);
    first ??= key;
  }
  return first && goTo(first);
}

function reason({ problem }) {
  if (!problem) return page.words.noNetwork;
  if (problem.status === 404) return page.words.notFound;
  return problem.detail ?? problem.title ?? String(problem.status);
}

function finish(ending) {
  for (const part of ["values", "pending"]) place.forget(part);
  // At a site's tablet the next one answers after this one.
  if (page.form.channel !== "open" && !page.form.replaceable) place.set("ending", ending);
  page.values.clear();
  page.pending = null;
  say(null);
  document.getElementById("done").hidden = true;
  show(make("div", { class: "card ending", id: "ending" },
    make("p", { class: "sign", "aria-hidden": "true" }, ending === "thanks" ? "✓" : "ⓘ"),
    make("h1", {}, page.words[ending]),
    page.form && make("p", { class: "soft" }, page.form.title)));
  main.focus();
}

function login() {
  const { words } = page;
  const input = make("input", { type: "password", id: "bearer", autocomplete: "off" });
  const enter = (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    known.bearer = input.value.trim();
    place.set("credentials", JSON.stringify(known));
    draw();
  };
  return make("form", { class: "card", onsubmit: enter },
    make("p", {}, words.needsLogin),
    make("div", { class: "field" }, make("label", { for: "bearer" }, words.bearer), input),
    make("button", { type: "submit" }, words.enter));
}

function logOut() {
  delete known.bearer;
  place.set("credentials", JSON.stringify(known));
}

function offerLanguages() {
  const others = page.form.languages.filter((tag) => tag !== page.language);
  const button = document.getElementById("language");
  button.hidden = !others.length;
  if (!others.length) return;
  const { languages } = page.form;
  const next = languages[(languages.indexOf(page.language) + 1) % languages.length];
  button.textContent = ownName(next);
  button.lang = next;
  button.onclick = () => {
    say(null);
    speak(next);
    draw();
  };
}

function show(...parts) {
  main.replaceChildren(...parts.filter(Boolean));
}

// Say something above the form; screen readers hear it.
function say(text, bad = false) {
  notice.replaceChildren();
  if (text) notice.append(make("p", { class: bad ? "notice bad" : "notice" }, text));
  if (text && bad) notice.scrollIntoView({ block: "center" });
}

function why(key, text) {
  const field = main.querySelector(`[data-key="${key}"]`);
  const told = field?.querySelector(".why");
  if (!told) return;
  told.textContent = text ?? "";
  told.hidden = !text;
  field.closest(".card").classList.toggle("wrong", Boolean(text));
  for (const input of field.querySelectorAll("input, textarea")) {
    if (text) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", told.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

function goTo(key) {
  const field = main.querySelector(`[data-key="${key}"]`);
  field?.scrollIntoView({ block: "center" });
  field?.querySelector("input, textarea")?.focus({ preventScroll: true });
}

const larger = document.getElementById("larger");
function enlarge(large) {
  document.documentElement.classList.toggle("large", large);
  larger.setAttribute("aria-pressed", String(large));
  place.set("large", large ? "yes" : "");
}
larger.addEventListener("click", () =>
  enlarge(!document.documentElement.classList.contains("large")));
if (place.get("large")) enlarge(true);

// Back in the net: what did not arrive goes out again by itself.
addEventListener("online", () => (page.form ? send() : open()));
addEventListener("hashchange", () => location.reload());
open();
