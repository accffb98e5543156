// What stands on the page beside the fields.

import { fieldOf, make } from "./fields.js";

export function heading({ form, words }) {
  return make("div", {},
    make("h1", {}, form.title),
    make("p", { class: "soft" }, form.audience_title),
    make("p", { class: "soft" }, words.days(form.opens_on, form.closes_on)),
    make("p", { class: "soft" }, words[form.kind], ...apart({ form, words }),
      form.replaceable ? words.replaceable : words.isFinal),
  );
}

function apart({ form, words }) {
  const written = form.questions.some((question) => question.kind === "text");
  return written && form.kind !== "named" ? [words.apart] : [];
}

// What was found at earlier projects is a ground for judging (测评依据).
export function looking({ form, words }) {
  if (!form.look_backs.length) return null;
  const rows = form.look_backs.map((one) =>
    make("li", {}, `${one.project_name}(${one.project_year}):`,
      one.effective ? words.works : words.worksNot));
  return make("details", { class: "card" }, make("summary", {}, words.grounds),
    make("ul", {}, ...rows));
}

export function card(page, { item, lines }) {
  const fields = lines.map((line) => fieldOf(page, line));
  if (!item) return make("section", { class: "card" }, ...fields);
  const part = item.project_name && item.project_id !== item.item_id;
  const of = part ? make("p", { class: "of" }, item.project_name) : null;
  const year = item.former_year ? `(${item.former_year})` : "";
  const title = make("h2", { id: `item-${item.item_id}-${lines[0].question.code}` },
    item.name + year);
  return make("section", { class: "card", "aria-labelledby": title.id }, of, title, ...fields);
}

// What stands above the button: that it is final, or that it may not have arrived.
export function final({ form, words, frozen }) {
  if (frozen) {
    return make("p", { class: "notice bad", id: "unsent", role: "alert" }, words.unsent);
  }
  return form.replaceable ? null : make("p", { class: "soft final" }, words.isFinal);
}

// Ask once more; whether it shall be sent.
export function agreed({ form, words }, blank) {
  return new Promise((resolve) => {
    const dialog = make("dialog", { "aria-labelledby": "agree" },
      make("p", { id: "agree" }, blank ? `${words.blanks(blank)} ` : null,
        form.replaceable ? null : `${words.isFinal} `, words.confirm),
      make("div", { class: "actions" },
        make("button", { type: "button", class: "main", id: "agreed",
          onclick: () => dialog.close("yes") }, words.yes),
        make("button", { type: "button", onclick: () => dialog.close("") }, words.back)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function box(text) {
  return make("p", { class: "card" }, text);
}

export function offer(text, label, action) {
  return make("div", { class: "notice bad" }, make("p", {}, text),
    make("button", { type: "button", onclick: action }, label));
}
