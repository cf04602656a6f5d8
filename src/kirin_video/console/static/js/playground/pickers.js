// The dialogs in which one picks an element, a clip made before, or an address.

export class Pickers {
  constructor(root) {
    this.root = root;
    this.elements = root.querySelector("#pick-element");
    this.clips = root.querySelector("#pick-clip");
    this.address = root.querySelector("#pick-address");
    // Its pictures are not fetched before somebody looks.
    this.shelf = this.elements.querySelector("template");
    root.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-opens]");
      if (opener) this.opened(opener.dataset.opens);
    });
    this.elements.addEventListener("click", (event) => this.pickElement(event.target.closest("[data-element]")));
    this.elements.querySelector("input").addEventListener("input", (event) => this.find(event.target.value));
    this.clips.addEventListener("click", (event) => this.pickClip(event.target.closest("[data-clip]")));
    this.address.querySelector("[data-address]").addEventListener("submit", (event) => this.pickAddress(event));
    root.prompt.actions = ["pick-element", "pick-clip"].map((id) => ({
      label: `${root.querySelector(`.pg-add [data-opens=${id}]`).textContent.trim()} …`,
      act: () => {
        this.names = true;
        document.getElementById(id).showModal();
        this.opened(id);
      },
    }));
    root.prompt.sayCount = (count) => root.say("suggest", { count });
    for (const dialog of [this.elements, this.clips, this.address]) {
      dialog.addEventListener("close", () => { this.names = false; });
    }
  }

  opened(id) {
    if (id === "pick-element" && !this.elements.querySelector("ul")) {
      this.elements.querySelector(".pg-pick").append(this.shelf.content.cloneNode(true));
      this.elements.querySelector(".pg-pick").append(this.elements.querySelector(".pg-pick > p:last-of-type"));
    }
    if (id === "pick-clip") this.list();
  }

  // The choice of an element, wherever it is shown.
  element(id) {
    const found = (place) => [...place.querySelectorAll("[data-element]")].find((each) => each.dataset.element === id);
    return found(this.elements) ?? found(this.shelf.content);
  }

  find(text) {
    const wanted = text.trim().toLowerCase();
    let shown = 0;
    for (const choice of this.elements.querySelectorAll("[data-element]")) {
      choice.parentElement.hidden = !choice.dataset.words.includes(wanted);
      shown += !choice.parentElement.hidden;
    }
    this.elements.querySelector(".pg-none").hidden = shown > 0;
  }

  pickElement(choice) {
    if (!choice) return;
    const { names } = this;
    this.elements.close();
    const token = this.root.materials.addElement(choice.dataset.element);
    this.done(token, names);
  }

  done(token, names) {
    if (names) this.root.prompt.insert(token);
  }

  async list() {
    const list = this.clips.querySelector("ul");
    const none = this.clips.querySelector(".pg-none");
    if (list.children.length) return;
    none.hidden = false;
    none.textContent = this.root.say("waiting");
    try {
      const { ok, answer } = await this.root.calls.get("/playground/clips");
      if (!ok) throw new Error(answer.error?.error_message);
      list.replaceChildren(...answer.map(clip));
      none.hidden = answer.length > 0;
      none.textContent = this.root.say("no_clips");
    } catch (error) {
      none.textContent = error.message || this.root.say("offline");
    }
  }

  async pickClip(choice) {
    if (!choice || this.isLending) return;
    const { root, names } = this;
    if (root.materials.of("video").length) {
      this.clips.close();
      root.outlook.alert(root.say("one_footage"));
      return;
    }
    this.isLending = true;
    choice.setAttribute("aria-busy", "true");
    try {
      const { ok, answer } = await root.calls.post(`/playground/clips/${choice.dataset.clip}`, new URLSearchParams());
      this.clips.close();
      if (!ok) throw new Error(answer.error?.error_message);
      root.materials.addLent(answer, choice.querySelector("span:last-child").textContent);
      this.done("video_1", names);
    } catch (error) {
      root.outlook.alert(error.message || root.say("offline"));
    } finally {
      this.isLending = false;
      choice.removeAttribute("aria-busy");
    }
  }

  pickAddress(event) {
    event.preventDefault();
    const { root } = this;
    const field = this.address.querySelector("#address");
    const problem = this.address.querySelector("[data-address-problem]");
    const kind = this.address.querySelector("[name=address-kind]:checked").value;
    const isOne = URL.canParse(field.value) && /^https?:/i.test(field.value);
    problem.hidden = isOne;
    problem.textContent = isOne ? "" : root.say("bad_address");
    if (!isOne) {
      field.focus();
      return;
    }
    this.address.close();
    if (kind === "video" && root.materials.of("video").length) root.outlook.alert(root.say("one_footage"));
    else root.materials.addAddress(kind, field.value);
    field.value = "";
  }
}

function clip({ id, words, url }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const thumb = document.createElement("span");
  const video = document.createElement("video");
  const text = document.createElement("span");
  button.type = "button";
  button.className = "pg-choice";
  button.dataset.clip = id;
  thumb.className = "pg-thumb";
  Object.assign(video, { muted: true, playsInline: true, preload: "metadata", src: `${url}#t=0.5`, tabIndex: -1 });
  text.className = "clamp";
  text.textContent = words;
  thumb.append(video);
  button.append(thumb, text);
  item.append(button);
  return item;
}
