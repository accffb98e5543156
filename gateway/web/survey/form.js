// Which questions are asked after which answers, and the answers as the service takes them.
// The rules are those of the service, which has the last word.

// Everything that may be asked, in order: { question, item, key }.
export function linesOf(form) {
  return form.questions.flatMap((question) =>
    question.per === "item"
      ? form.items
          .filter((item) => !question.item_kinds || question.item_kinds.includes(item.kind))
          .map((item) => ({ question, item, key: `${question.code}:${item.item_id}` }))
      : [{ question, item: null, key: question.code }],
  );
}

// The same as it stands on the page: questions per item that follow each other, item by item.
export function cardsOf(form) {
  const cards = [];
  let run = [];
  const endRun = () => {
    for (const item of form.items) {
      const lines = run.filter((line) => line.item === item);
      if (lines.length) cards.push({ item, lines });
    }
    run = [];
  };
  for (const line of linesOf(form)) {
    if (line.item) run.push(line);
    else {
      endRun();
      cards.push({ item: null, lines: [line] });
    }
  }
  endRun();
  return cards;
}

// The keys of what is asked after the values given; values: a Map from key to value.
export function askedOf(lines, values) {
  const asked = new Set();
  for (const { question, item, key } of lines) {
    const given = (code) => {
      const own = item && asked.has(`${code}:${item.item_id}`) ? `${code}:${item.item_id}` : code;
      const value = asked.has(own) ? values.get(own) : undefined;
      return [value ?? []].flat().map(String);
    };
    if (!question.if || holds(question.if, given)) asked.add(key);
  }
  return asked;
}

function holds(condition, given) {
  if (condition.not) return !holds(condition.not, given);
  if (condition.all) return condition.all.every((part) => holds(part, given));
  if (condition.any) return condition.any.some((part) => holds(part, given));
  return given(condition.question).some((code) => condition.in.includes(code));
}

export function isBlank(value) {
  return value === undefined || value === null || value === "" ||
    (Array.isArray(value) && !value.length);
}

// The body's answers: every question that is asked, null where it was left blank.
export function answersOf(lines, values) {
  const asked = askedOf(lines, values);
  return lines
    .filter((line) => asked.has(line.key))
    .map(({ question, item, key }) => ({
      question: question.code,
      ...(item && { item_id: item.item_id }),
      value: isBlank(values.get(key)) ? null : written(question, values.get(key)),
    }));
}

function written(question, value) {
  if (question.kind === "rating") return Number(value);
  // Digits of full width, as Chinese keyboards give them.
  return question.kind === "number" ? value.normalize("NFKC").trim() : value;
}
