// What a clip is made from: pictures, footage and elements, as tiles with a role each. The tiles hold the form's own fields.

import { live } from "../live.js";
import { fit } from "./files.js";

const LISTS = { image: "picture", video: "footage" };
const KIND_OF_SLOT = { first_frame: "image", end_frame: "image", reference: "image", base: "video", feature: "video" };

export class Materials {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector(".pg-items");
    this.slots = [];
    this.sending = new Set();
    for (const item of this.items) this.adopt(item);
    const input = root.querySelector("[data-files]");
    input.addEventListener("change", () => {
      this.take(input.files);
      input.value = "";
    });
    this.catchFiles();
  }

  get items() {
    return [...this.list.querySelectorAll(".pg-item")];
  }

  of(kind) {
    return this.items.filter((item) => item.dataset.kind === kind && item.dataset.state !== "failed");
  }

  get isSending() {
    return this.sending.size > 0;
  }

  get hasFailed() {
    return this.items.some((item) => item.dataset.state === "failed");
  }

  focusFailed() {
    this.list.querySelector("[data-state=failed] [data-remove]").focus();
  }

  focusSlot() {
    this.list.querySelector(".pg-slot input").focus();
  }

  async settled() {
    while (this.sending.size) await Promise.allSettled([...this.sending]);
  }

  // All that a draft needs to bring the tiles back.
  get kept() {
    return this.items.filter((item) => item.dataset.state === "done").map((item) => ({
      kind: item.dataset.kind,
      url: url(item).value,
      name: item.querySelector(".pg-name").textContent,
      role: item.querySelector("select")?.value ?? "",
      sound: item.querySelector("[name=footage_sound]")?.checked ?? false,
      auto: item.dataset.auto ?? "",
    }));
  }

  // Files may be dropped and pasted anywhere on the page.
  catchFiles() {
    let depth = 0;
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    const mark = (step) => {
      depth = Math.max(0, depth + step);
      this.root.classList.toggle("pg-over", depth > 0);
    };
    addEventListener("dragenter", (event) => carries(event) && mark(1));
    addEventListener("dragleave", (event) => carries(event) && mark(-1));
    addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      mark(-depth);
      const slot = event.target.closest?.(".pg-slot")?.dataset.slot;
      this.take(event.dataTransfer.files, slot);
    });
    addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData ?? {};
      // Office programs put a picture of the text beside the text.
      if (!files?.length || (types.includes("text/plain") && event.target.matches("input, textarea"))) return;
      event.preventDefault();
      this.take(files);
    });
  }

  take(files, slot) {
    for (const file of files) this.send(file, slot);
  }

  async send(given, slot) {
    const { root } = this;
    const { file, kind, problem } = await fit(given, root);
    if (problem) {
      root.outlook.alert(problem);
      return;
    }
    if (kind === "video" && this.of("video").length) {
      root.outlook.alert(root.say("one_footage"));
      return;
    }
    root.outlook.alert("");
    const item = this.make(kind, this.roleFor(kind, slot));
    const preview = URL.createObjectURL(file);
    show(item, kind, preview);
    name(item, file.name);
    item.dataset.state = "sending";
    this.add(item);
    const done = this.upload(item, file);
    this.sending.add(done);
    await done;
    this.sending.delete(done);
    this.refresh();
    root.changed();
  }

  async upload(item, file) {
    const { root } = this;
    const bar = item.querySelector("progress");
    bar.hidden = false;
    try {
      const { ok, answer } = await root.calls.upload(file, (share, stop) => {
        bar.value = Math.round(share * 100);
        if (stop) item.stop = stop;
      });
      if (!ok) throw new Error(answer.error?.error_message ?? root.say("failed"));
      url(item).value = answer.url;
      item.dataset.state = "done";
      if (answer.has_sound === false) item.querySelector(".pg-sound").hidden = true;
    } catch (error) {
      if (!item.isConnected) return;
      item.dataset.state = "failed";
      const message = error instanceof Error ? error.message : root.say("failed");
      root.outlook.tell(item.querySelector("[data-problem]"), [message]);
      live().say(message);
    } finally {
      bar.hidden = true;
    }
  }

  // What a file is for: what an example asked for, or what is most likely.
  roleFor(kind, slot) {
    const wanted = this.slots.find((each) => KIND_OF_SLOT[each] === kind && (!slot || each === slot));
    if (wanted) {
      this.slots.splice(this.slots.indexOf(wanted), 1);
      return wanted === "reference" ? "" : wanted;
    }
    if (kind === "video") return "base";
    const alone = !this.items.length && !/<<<\s*image_/i.test(this.root.prompt.value);
    return alone ? "first_frame" : "";
  }

  make(kind, role = "") {
    const item = this.root.querySelector(`#item-${kind}`).content.firstElementChild.cloneNode(true);
    const select = item.querySelector("select");
    if (select) select.value = role;
    this.adopt(item);
    return item;
  }

  adopt(item) {
    item.querySelector("[data-remove]").addEventListener("click", () => this.remove(item));
    item.querySelector("[data-insert]").addEventListener("click", () => {
      this.root.prompt.insert(item.dataset.token);
    });
  }

  add(item) {
    // Pictures first, then footage, then elements: as the request lists them.
    const order = ["image", "video", "element"];
    const rank = order.indexOf(item.dataset.kind);
    const next = this.items.find((other) => order.indexOf(other.dataset.kind) > rank);
    this.list.insertBefore(item, next ?? this.list.querySelector(".pg-slot"));
    this.refresh();
    this.root.changed();
    live().say(this.root.say("added", { name: item.dataset.token }));
  }

  remove(item) {
    const { kind, token } = item.dataset;
    const place = this.of(kind).indexOf(item) + 1;
    item.stop?.();
    item.remove();
    if (place) {
      this.root.prompt.renumber((other, number) => {
        if (other !== kind || number < place) return number;
        return number === place ? null : number - 1;
      });
    }
    this.refresh();
    this.root.changed();
    live().say(this.root.say("removed", { name: token }));
    (this.list.querySelector("[data-remove]") ?? this.root.querySelector("[data-files]")).focus();
  }

  clear() {
    for (const item of this.items) {
      item.stop?.();
      item.remove();
    }
    this.slots = [];
    this.refresh();
  }

  // Brings back what was sent before.
  bring({ kind, url: address, name: words, role, sound, auto }) {
    if (kind === "element") {
      this.addElement(address, auto);
      return;
    }
    const item = this.make(kind, role);
    url(item).value = address;
    name(item, words);
    const sent = /\/model\/v1\/files\/([0-9a-v]{20})\/?$/.exec(address);
    if (sent) show(item, kind, `${this.root.dataset.at}/files/${sent[1]}`);
    if (kind === "video") item.querySelector("[name=footage_sound]").checked = Boolean(sound);
    this.add(item);
  }

  addAddress(kind, address) {
    const words = decodeURIComponent(new URL(address).pathname.split("/").pop() || new URL(address).host);
    this.bring({ kind, url: address, name: words, role: this.roleFor(kind), sound: false });
  }

  addLent(answer, words) {
    this.bring({ kind: answer.type, url: answer.url, name: words, role: this.roleFor(answer.type), sound: false });
    if (answer.has_sound === false) this.of("video").at(-1).querySelector(".pg-sound").hidden = true;
  }

  addElement(id, auto = "") {
    const item = this.make("element");
    const choice = this.root.pickers.element(id);
    item.querySelector("[name=element]").value = id;
    item.querySelector(".pg-name").textContent = choice?.querySelector("strong").textContent ?? id;
    const picture = choice?.querySelector(".pg-thumb").cloneNode(true);
    if (picture) item.querySelector(".pg-thumb").replaceWith(picture);
    if (auto) item.dataset.auto = auto;
    this.add(item);
    return item.dataset.token;
  }

  // Makes room for what an example needs. What is here already gets the role it needs.
  arrange(slots, elements) {
    for (const item of this.items.filter((each) => each.dataset.auto)) item.remove();
    for (const id of elements.slice(this.of("element").length)) this.addElement(id, "yes");
    const free = { image: this.of("image"), video: this.of("video") };
    this.want(slots.filter((slot) => {
      const item = free[KIND_OF_SLOT[slot]].shift();
      if (item) item.querySelector("select").value = slot === "reference" ? "" : slot;
      return !item;
    }));
  }

  want(slots) {
    this.slots = [...slots];
    this.refresh();
  }

  // Numbers, labels and places that are still to be filled.
  refresh() {
    const { root } = this;
    const named = [];
    for (const kind of ["image", "video", "element"]) {
      this.of(kind).forEach((item, at) => {
        const token = `${kind}_${at + 1}`;
        item.dataset.token = token;
        item.querySelector(".pg-chip").textContent = token;
        item.querySelector(".pg-chip").setAttribute("aria-label", `${root.say("insert")}: ${token}`);
        item.querySelector("[data-problem]").dataset.problem = `${kind}-${at}`;
        const select = item.querySelector("select");
        select?.setAttribute("aria-label", `${root.say("roleOf")} ${token}`);
        const words = item.querySelector(".pg-name").textContent;
        const role = select?.selectedOptions[0].textContent;
        named.push({ token, label: [words, role].filter(Boolean).join(" · "), picture: () => small(item) });
      });
    }
    root.prompt.named = named;
    root.prompt.toggleAttribute("data-waits", this.slots.length > 0);
    for (const slot of this.list.querySelectorAll(".pg-slot")) slot.remove();
    this.list.append(...this.slots.map((slot) => this.place(slot)));
    this.list.hidden = !this.list.children.length;
  }

  place(slot) {
    const { root } = this;
    const item = document.createElement("li");
    const label = document.createElement("label");
    const role = document.createElement("strong");
    const words = document.createElement("span");
    const input = document.createElement("input");
    item.className = "pg-slot";
    item.dataset.slot = slot;
    role.textContent = root.say(`role_${slot}`);
    words.textContent = root.say("add_here");
    input.type = "file";
    input.className = "visually-hidden";
    input.accept = KIND_OF_SLOT[slot] === "image" ? "image/*" : "video/mp4,video/quicktime,.mov";
    input.addEventListener("change", () => this.take(input.files, slot));
    label.append(icon(root, KIND_OF_SLOT[slot] === "image" ? "image" : "film"), role, words, input);
    const remove = document.createElement("button");
    const name_ = `${root.say("slot_drop")}: ${role.textContent}`;
    Object.assign(remove, { type: "button", className: "pg-remove", title: name_, ariaLabel: name_ });
    remove.append(icon(root, "close"));
    remove.addEventListener("click", () => {
      this.want(this.slots.filter((each) => each !== slot));
      root.changed();
      root.prompt.focusEnd();
    });
    item.append(label, remove);
    return item;
  }
}

const url = (item) => item.querySelector(`[name=${LISTS[item.dataset.kind] ?? ""}_url], [name=element]`);

function name(item, words) {
  const field = item.querySelector(`[name=${LISTS[item.dataset.kind]}_name]`);
  const shown = item.querySelector(".pg-name");
  field.value = words;
  shown.textContent = words;
  shown.title = words;
}

function show(item, kind, address) {
  const element = document.createElement(kind === "image" ? "img" : "video");
  if (kind === "image") element.alt = "";
  else Object.assign(element, { muted: true, playsInline: true, preload: "metadata", tabIndex: -1 });
  element.src = address;
  item.querySelector(".pg-thumb").replaceChildren(element);
}

// The tile's picture once more, for the list of references.
function small(item) {
  const picture = item.querySelector(".pg-thumb img");
  const box = document.createElement("span");
  box.className = "pg-tiny";
  if (picture) {
    const copy = document.createElement("img");
    copy.alt = "";
    copy.src = picture.src;
    box.append(copy);
  }
  return box;
}

export function icon(root, of) {
  const space = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  element.setAttribute("class", "icon");
  element.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${root.dataset.icons}#${of}`);
  element.append(use);
  return element;
}
