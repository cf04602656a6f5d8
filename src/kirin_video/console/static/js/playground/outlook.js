// Shows what the server says of the form: price, problems at their fields, notes, and the request for programs.

import { icon } from "./materials.js";

const UNKNOWN_REFERENCE = "002015011";

export class Outlook {
  constructor(root) {
    this.root = root;
    this.snippets = {};
    this.cost = root.querySelector("[data-cost]");
    this.facts = root.querySelector("[data-facts]");
    this.notes = root.querySelector("[data-notes]");
    this.wrong = root.querySelector("[data-wrong]");
    this.box = root.querySelector(".pg-alert");
    this.code = root.querySelector(".pg-code [data-copy]");
    this.tabs = [...root.querySelectorAll("[data-snippet]")];
    for (const tab of this.tabs) tab.addEventListener("click", () => this.turn(tab));
  }

  wait() {
    this.root.querySelector(".pg-send").classList.add("pg-stale");
  }

  show({ problems, outlook, bounds, snippets }, options) {
    this.root.querySelector(".pg-send").classList.remove("pg-stale");
    this.cost.textContent = outlook?.cost ?? "—";
    this.facts.replaceChildren(...(outlook?.facts ?? []).map((fact) => line("span", fact)));
    const [slot] = this.root.materials.slots;
    const waits = slot ? [this.root.say("slot_open", { name: this.root.say(`role_${slot}`) })] : [];
    this.notes.replaceChildren(...[...waits, ...(outlook?.notes ?? [])].map((note) => line("li", note)));
    this.showProblems(problems, options);
    this.bound(bounds);
    this.snippets = snippets;
    this.turn(this.tabs.find((tab) => tab.getAttribute("aria-pressed") === "true"));
  }

  // Each at its field; that there are no words yet is told only to whoever has written or sent.
  showProblems(all, { tellsMissing }) {
    const { root } = this;
    const { slots } = root.materials;
    // What an example still waits for is no mistake in its words.
    const isEarly = (each) => slots.length && each.code === UNKNOWN_REFERENCE;
    const isNew = (each) => each.place === "prompt" && !tellsMissing && !root.prompt.value.trim();
    const problems = all.filter((each) => !isEarly(each) && !isNew(each));
    const left = new Set(problems);
    for (const place of root.form.querySelectorAll("[data-problem]")) {
      if (place.closest("[data-state=failed]")) continue;
      const here = problems.filter((each) => each.place === place.dataset.problem);
      for (const each of here) left.delete(each);
      this.tell(place, here.map((each) => each.message));
    }
    root.prompt.area.toggleAttribute("aria-invalid", problems.some((each) => each.place === "prompt"));
    if (root.prompt.area.hasAttribute("aria-invalid")) root.prompt.area.setAttribute("aria-invalid", "true");
    // What has no field of its own is told beside the button.
    const others = [...left].map((each) => each.message);
    const count = problems.length;
    const words = count === 1 ? root.say("problems_one") : root.say("problems_other", { count });
    this.wrong.hidden = !count;
    this.wrong.replaceChildren(...(count ? [icon(root, "alert"), line("span", [words, ...others].join(" "))] : []));
  }

  tell(place, messages) {
    const before = [...place.querySelectorAll("span")].map((each) => each.textContent);
    if (before.join("\n") === messages.join("\n")) return;
    place.replaceChildren(...messages.map((message) => {
      const problem = document.createElement("p");
      problem.className = "problem";
      problem.append(icon(this.root, "alert"), line("span", message));
      return problem;
    }));
  }

  focusProblem(place) {
    const { root } = this;
    const box = [...root.form.querySelectorAll("[data-problem]")].find((each) => each.dataset.problem === place);
    if (!box) return;
    box.closest("details")?.setAttribute("open", "");
    const field = place === "prompt" ? root.prompt.area : box.parentElement.querySelector("select, input, button");
    field?.focus();
    box.scrollIntoView({ block: "center" });
  }

  // What the rest of the form leaves open, as the server says.
  bound({ used, most, durations, shape }) {
    const { root } = this;
    const counter = root.querySelector("[data-used]");
    counter.textContent = root.say("count", { used, most });
    counter.dataset.state = used > most ? "over" : "";
    for (const field of root.form.querySelectorAll("[name=duration]")) {
      field.disabled = !durations.includes(Number(field.value)) && (!field.checked || !durations.length);
    }
    for (const field of root.form.querySelectorAll("[name=ratio]")) field.disabled = Boolean(shape);
    const shaped = root.querySelector("[data-shaped]");
    shaped.hidden = !shape;
    shaped.textContent = shape ? root.say(`shaped_${shape}`) : "";
    const length = root.querySelector("[data-length]");
    length.dataset.words ??= length.textContent;
    length.textContent = shape === "base" ? root.say("length_base") : length.dataset.words;
    length.hidden = durations.length > 2;
  }

  turn(tab) {
    for (const each of this.tabs) each.setAttribute("aria-pressed", String(each === tab));
    this.code.textContent = this.snippets[tab.dataset.snippet] ?? "";
  }

  // What the engine makes of the words: a name and a value in each line.
  showPlan({ lines, notes }) {
    const box = this.root.querySelector("[data-plan]");
    box.hidden = !lines.length;
    box.querySelector("dl").replaceChildren(...lines.flatMap(([about, says]) => [line("dt", about), line("dd", says)]));
    box.querySelector("ul").replaceChildren(...notes.map((note) => line("li", note)));
  }

  // Something that no field is to blame for.
  alert(message, tone = "bad") {
    if (!message) {
      this.box.replaceChildren();
      return;
    }
    const notice = document.createElement("div");
    notice.className = `notice ${tone}`;
    notice.append(icon(this.root, tone === "bad" ? "alert" : "info"), line("p", message));
    this.box.replaceChildren(notice);
    notice.scrollIntoView({ block: "nearest" });
  }
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
