// <k-prompt>: a plain textarea that stays the truth. Behind it lies a mirror of its text, where references are painted as
// chips; "@" opens a list of what can be named, for keyboard, mouse and touch.

import { live } from "../live.js";

const TOKEN = /<<<\s*(image|element|video)_(\d{1,9})\s*>>>/gi;
const ASKED = /(?<![A-Za-z0-9_])[@＠]([\p{L}\p{N}_]{0,24})$/u;

class Prompt extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.mirror = this.querySelector(".pg-mirror");
    this.list = this.querySelector("[role=listbox]");
    this.counter = document.getElementById("prompt-count");
    this.references = [];
    this.actions = [];
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    this.area.addEventListener("scroll", () => { this.mirror.scrollTop = this.area.scrollTop; });
    this.area.addEventListener("blur", () => this.close());
    this.area.addEventListener("click", () => this.look());
    // Taking the focus from the words would close the list before it is heard what was chosen.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    new ResizeObserver(() => this.redraw()).observe(this.area);
    this.redraw();
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    this.redraw();
  }

  // What the words can name: each has a token, a label and perhaps a picture.
  set named(references) {
    this.references = references;
    this.redraw();
  }

  focusEnd() {
    this.area.focus();
    this.area.setSelectionRange(this.value.length, this.value.length);
  }

  // Puts a reference where the caret is, and takes the place of an "@" that asked for it.
  insert(token) {
    const { start, end } = this.asked ?? this.caret();
    this.asked = null;
    const before = this.value.slice(0, start);
    const after = this.value.slice(end);
    const left = /[A-Za-z0-9>,.;:]$/.test(before) ? " " : "";
    const right = /^[A-Za-z0-9<]/.test(after) || after === "" ? " " : "";
    this.type(start, end, `${left}<<<${token}>>>${right}`);
  }

  replace(text) {
    this.type(0, this.value.length, text);
  }

  // Numbers move when something is taken away: the references move with them.
  renumber(moved) {
    const text = this.value.replace(TOKEN, (whole, kind, number) => {
      const to = moved(kind.toLowerCase(), Number(number));
      return to === null ? "" : to === Number(number) ? whole : `<<<${kind.toLowerCase()}_${to}>>>`;
    });
    if (text === this.value) return;
    this.value = text.replace(/ {2,}/g, " ").trimStart();
  }

  // Types as a person would, so that the browser's undo knows it.
  type(start, end, text) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) {
      this.area.setRangeText(text, start, end, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.close();
  }

  caret() {
    return { start: this.area.selectionStart, end: this.area.selectionEnd };
  }

  typed() {
    this.redraw();
    this.look();
  }

  redraw() {
    const length = [...this.value].length;
    const most = Number(this.counter.dataset.most);
    this.counter.textContent = `${length.toLocaleString("en")} / ${most.toLocaleString("en")}`;
    this.counter.dataset.state = length > most ? "over" : length > most * 0.9 ? "near" : "";
    this.paint();
  }

  paint(caretAt = null) {
    const known = new Set(this.references.map((each) => each.token));
    const parts = [];
    let at = 0;
    const plain = (text) => {
      if (caretAt !== null && caretAt >= at && caretAt <= at + text.length) {
        const spot = document.createElement("span");
        spot.dataset.caret = "";
        parts.push(text.slice(0, caretAt - at), spot, text.slice(caretAt - at));
      } else {
        parts.push(text);
      }
      at += text.length;
    };
    for (const match of this.value.matchAll(TOKEN)) {
      plain(this.value.slice(at, match.index));
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      if (!known.has(`${match[1]}_${Number(match[2])}`.toLowerCase())) mark.className = "missing";
      parts.push(mark);
      at = match.index + match[0].length;
    }
    plain(this.value.slice(at));
    // A mirror's last line break would not take any room.
    this.mirror.replaceChildren(...parts, "\u200b");
    this.mirror.scrollTop = this.area.scrollTop;
  }

  // Opens the list where an "@" asks for it, or closes it.
  look() {
    const { start, end } = this.caret();
    const found = start === end ? ASKED.exec(this.value.slice(0, start)) : null;
    if (!found) {
      this.close();
      return;
    }
    this.asked = { start: start - found[0].length, end: start };
    this.open(found[1].toLowerCase());
  }

  open(query) {
    const fits = this.references.filter((each) => `${each.token} ${each.label}`.toLowerCase().includes(query));
    const actions = query ? [] : this.actions;
    this.options = [...fits, ...actions];
    if (!this.options.length) {
      this.close();
      return;
    }
    const wasHidden = this.list.hidden;
    this.list.replaceChildren(...this.options.map((each, at) => option(each, at)));
    this.list.hidden = false;
    this.place();
    this.point(0);
    if (wasHidden) live().say(this.sayCount(this.options.length));
  }

  // Under the line of the caret, and inside the box.
  place() {
    this.paint(this.asked.start);
    const spot = this.mirror.querySelector("[data-caret]")?.getBoundingClientRect();
    const own = this.getBoundingClientRect();
    if (!spot) return;
    this.list.style.top = `${Math.min(spot.bottom - own.top + 4, own.height)}px`;
    this.list.style.left = `${Math.max(0, Math.min(spot.left - own.left, own.width - this.list.offsetWidth))}px`;
  }

  close() {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }

  point(at) {
    this.at = (at + this.options.length) % this.options.length;
    [...this.list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === this.at)));
    const current = this.list.children[this.at];
    current.scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", current.id);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Backspace" && this.list.hidden) {
      this.eraseToken(event);
      return;
    }
    if (this.list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.point(this.at + steps[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.list.children[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  // A reference goes as a whole.
  eraseToken(event) {
    const { start, end } = this.caret();
    const before = start === end ? /<<<[a-z]+_\d+>>>$/i.exec(this.value.slice(0, start)) : null;
    if (!before) return;
    event.preventDefault();
    this.type(start - before[0].length, start, "");
  }

  choose(element) {
    if (!element) return;
    const chosen = this.options[Number(element.dataset.at)];
    this.close();
    if (chosen.token) this.insert(chosen.token);
    else chosen.act();
  }
}

function option(each, at) {
  const item = document.createElement("li");
  item.id = `prompt-option-${at}`;
  item.role = "option";
  item.dataset.at = at;
  const name = document.createElement("strong");
  name.textContent = each.token ? `@${each.token}` : each.label;
  item.append(each.picture?.() ?? "", name);
  if (each.token) {
    const label = document.createElement("span");
    label.textContent = each.label;
    item.append(label);
  } else {
    item.className = "action";
  }
  return item;
}

customElements.define("k-prompt", Prompt);
