// <k-upload>: pictures that are dropped, pasted or picked are sent ahead at once, shown, and named in the form by
// the address that the server gave them. The form waits for those that are on their way.

import { live } from "./live.js";

class Upload extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.place = this.querySelector("label");
    this.input = this.querySelector("input");
    this.input.addEventListener("change", () => {
      this.take(this.input.files);
      this.input.value = "";
    });
    this.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.classList.add("over");
    });
    this.addEventListener("dragleave", () => this.classList.remove("over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.classList.remove("over");
      this.take(event.dataTransfer.files);
    });
    this.addEventListener("paste", (event) => this.take(event.clipboardData.files));
    this.under = new Set();
    // Before anybody else hears of it: what is stopped here was never sent.
    this.closest("form").addEventListener("submit", (event) => this.hold(event), { capture: true });
  }

  // A form does not leave without its pictures, nor with one that failed.
  async hold(event) {
    const failed = this.querySelector("[data-state=failed] button");
    if (!this.under.size && !failed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.under.size) {
      live().say(this.dataset.mend);
      failed.focus();
      return;
    }
    const { target: form, submitter } = event;
    submitter?.setAttribute("aria-busy", "true");
    live().say(this.dataset.waits);
    while (this.under.size) await Promise.all(this.under);
    submitter?.removeAttribute("aria-busy");
    form.requestSubmit(submitter);
  }

  get room() {
    return Number(this.dataset.most) - this.list.children.length;
  }

  take(files) {
    for (const file of [...files].slice(0, this.room)) {
      const sent = this.send(file);
      this.under.add(sent);
      sent.then(() => this.under.delete(sent));
    }
  }

  async send(file) {
    const item = this.item(file);
    const body = new FormData();
    body.append("file", file);
    const headers = { Accept: "application/json", "X-Kirin-Form": this.dataset.token };
    try {
      const response = await fetch(this.dataset.to, { method: "POST", body, headers });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error?.error_message ?? this.dataset.failed);
      item.done(answer.url);
    } catch (error) {
      const message = error instanceof TypeError || error instanceof SyntaxError ? this.dataset.failed : error.message;
      item.failed(message);
      live().say(message);
    }
  }

  // A picture in the list: shown from memory while it is on its way.
  item(file) {
    const element = document.createElement("li");
    const picture = document.createElement("img");
    const words = document.createElement("span");
    const remove = document.createElement("button");
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    words.className = "upload-words";
    words.textContent = this.dataset.sending;
    remove.type = "button";
    remove.className = "button quiet small";
    remove.textContent = this.dataset.remove;
    remove.setAttribute("aria-label", `${this.dataset.remove}: ${file.name}`);
    remove.addEventListener("click", () => {
      URL.revokeObjectURL(picture.src);
      element.remove();
      this.refresh();
      this.input.focus();
    });
    element.append(picture, words, remove);
    element.dataset.state = "sending";
    this.list.append(element);
    this.refresh();
    return {
      done: (url) => {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = this.dataset.name;
        field.value = url;
        element.append(field);
        element.dataset.state = "done";
        words.textContent = file.name;
      },
      failed: (message) => {
        element.dataset.state = "failed";
        words.textContent = message;
      },
    };
  }

  refresh() {
    this.place.hidden = this.room <= 0;
  }
}

customElements.define("k-upload", Upload);
