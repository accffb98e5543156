// Loading a form, and sending a filled-in one so that it counts once whatever the network does.

// Who asks, from the fragment of the address, which no server and no log gets to see:
// #link=…, #token=… (an invitation), #bearer=… (a deputy who is logged in elsewhere).
export function credentials(place) {
  const given = new URLSearchParams(location.hash.slice(1));
  const known = JSON.parse(place.get("credentials") ?? "{}");
  for (const name of ["link", "token", "bearer"]) {
    if (!given.has(name) || given.get(name) === known[name]) continue;
    // Somebody else on the same telephone: nothing of the one before is left.
    if (known[name]) for (const part of ["values", "pending", "ending"]) place.forget(part);
    known[name] = given.get(name);
  }
  place.set("credentials", JSON.stringify(known));
  if (given.has("token") || given.has("bearer")) {
    // Not for whoever looks at the address bar or the history of a borrowed telephone.
    history.replaceState(null, "", location.pathname);
  }
  return known;
}

// What this tab keeps of one audience until it is closed; nothing where it may keep nothing.
export function placeOf(audience) {
  const name = (part) => `minsheng:${audience}:${part}`;
  const attempt = (what) => {
    try {
      return what() ?? null;
    } catch {
      return null;
    }
  };
  return {
    get: (part) => attempt(() => sessionStorage.getItem(name(part))),
    set: (part, text) => attempt(() => sessionStorage.setItem(name(part), text)),
    forget: (part) => attempt(() => sessionStorage.removeItem(name(part))),
  };
}

// The same key whenever this form is sent again, so that the service knows it.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// { answer } or { problem }; { lost: true } if it is not known what became of it.
export async function request(path, { language, bearer, key, body } = {}) {
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (key) headers["Idempotency-Key"] = key;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
    });
    const content = await response.json();
    if (response.ok) return { answer: content };
    // Whether it took effect before it broke is not known.
    if (response.status >= 500) return { lost: true, problem: content };
    return { problem: { code: (content.type ?? "").split("/").pop(), ...content } };
  } catch {
    return { lost: true };
  }
}
