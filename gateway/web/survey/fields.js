// The parts of the page that take an answer; all text goes in as text, never as markup.

import { isBlank } from "./form.js";
import { localised } from "./texts.js";

export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// One question: page gives { form, words, language, values, frozen, changed(key, value) }.
export function fieldOf(page, line) {
  const { question, key } = line;
  const id = `q-${key.replace(":", "-")}`;
  const body = {
    grade: chosen, choice: chosen, rating: chosen, choices: chosen, number, text: written,
  }[question.kind](page, line, id);
  const field = make(
    ["number", "text"].includes(question.kind) ? "div" : "fieldset",
    { class: "field", id, "data-key": key, disabled: page.frozen || null },
    ...body,
    make("p", { class: "why", id: `${id}-why`, hidden: true }),
  );
  return field;
}

function heading(page, { question }) {
  const { words, language } = page;
  return [
    localised(question.text, language),
    question.required ? " " : null,
    question.required ? make("span", { class: "must" }, words.must) : null,
  ];
}

function hint(page, { question }, ...more) {
  const parts = [question.hint && localised(question.hint, page.language), ...more];
  const said = parts.filter(Boolean).join(" ");
  return said ? make("p", { class: "soft" }, said) : null;
}

function optionsOf(page, question) {
  const { language, form } = page;
  if (question.kind === "grade") {
    return form.grades.map((grade) => ({
      code: grade.code,
      label: (language !== "zh-CN" && grade.name_en) || grade.name_zh,
    }));
  }
  if (question.kind === "rating") {
    const { from, to } = question.rating;
    return Array.from({ length: to - from + 1 }, (_, n) => ({
      code: String(from + n),
      label: String(from + n),
    }));
  }
  return question.options.map((one) => ({
    code: one.code,
    label: localised(one.text, language),
  }));
}

function chosen(page, line, id) {
  const { question, key } = line;
  const several = question.kind === "choices";
  const options = optionsOf(page, question);
  const longest = Math.max(...options.map((one) => width(one.label)));
  const shape = question.kind === "rating" ? "levels"
    : longest > 20 ? "long" : options.length === 3 && longest <= 10 ? "three" : "";
  const buttons = options.map((one) => {
    const input = make("input", {
      type: several ? "checkbox" : "radio",
      name: id,
      value: one.code,
      checked: [page.values.get(key) ?? []].flat().includes(one.code),
      onchange: () => page.changed(key, picked()),
    });
    return make("label", { class: "option" }, input, make("span", {}, one.label));
  });
  const picked = () => {
    const inputs = buttons.map((button) => button.firstChild);
    const codes = inputs.filter((input) => input.checked).map((input) => input.value);
    if (!several) return codes[0] ?? null;
    const full = codes.length >= (question.at_most ?? options.length);
    for (const input of inputs) input.disabled = full && !input.checked;
    return codes;
  };
  if (several) picked();
  return [
    make("legend", {}, ...heading(page, line)),
    hint(page, line, several && howMany(page.words, question)),
    make("div", { class: `options ${shape}` }, ...buttons),
    ends(page, question),
    several ? null : clearing(page, line, buttons),
  ];
}

function width(label) {
  return Array.from(label).reduce((sum, sign) => sum + (sign > "⺀" ? 2 : 1), 0);
}

function howMany(words, { at_least: least, at_most: most }) {
  if (least && most) return words.between(least, most);
  return least ? words.atLeast(least) : most ? words.atMost(most) : null;
}

function ends(page, question) {
  const labels = question.rating?.labels;
  if (!labels) return null;
  const parts = Object.entries(labels).map(([level, text]) =>
    make("span", {}, `${level} ${localised(text, page.language)}`),
  );
  return make("div", { class: "ends" }, ...parts);
}

// A radio button once chosen cannot be let go otherwise.
function clearing(page, { question, key }, buttons) {
  if (question.required) return null;
  const button = make("button", {
    type: "button",
    class: "clear",
    hidden: isBlank(page.values.get(key)),
    "data-clears": key,
    onclick: () => {
      for (const one of buttons) one.firstChild.checked = false;
      buttons[0].firstChild.focus();
      page.changed(key, null);
    },
  }, page.words.clear);
  return button;
}

function number(page, line, id) {
  const { question, key } = line;
  const { min, max, unit } = question.number;
  const input = make("input", {
    type: "text",
    inputmode: "decimal",
    id: `${id}-input`,
    autocomplete: "off",
    disabled: page.frozen,
    maxlength: "20",
    value: page.values.get(key) ?? "",
    oninput: () => page.changed(key, input.value),
  });
  return [
    make("label", { for: `${id}-input` }, ...heading(page, line)),
    hint(page, line, page.words.range(min, max)),
    make("div", { class: "number" }, input, unit ? localised(unit, page.language) : null),
  ];
}

function written(page, line, id) {
  const { question, key } = line;
  const longest = question.max_length ?? 2000;
  const area = make("textarea", {
    id: `${id}-input`,
    rows: "3",
    maxlength: String(longest),
    disabled: page.frozen,
    oninput: () => page.changed(key, area.value),
  });
  area.value = page.values.get(key) ?? "";
  return [
    make("label", { for: `${id}-input` }, ...heading(page, line)),
    hint(page, line, page.words.longest(longest)),
    area,
  ];
}
