// <k-task>: the page of a task that has not ended keeps itself up to date. Small changes come with each event; when
// the task's status changes, the page is asked for again and its parts are put in place.

import { refresh } from "./fresh.js";
import { live } from "./live.js";

const ENDED = new Set(["completed", "failed"]);

class Task extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.events || this.source) return;
    this.source = new EventSource(this.dataset.events);
    this.source.addEventListener("progress", (event) => this.show(JSON.parse(event.data)));
    this.source.addEventListener("status", (event) => this.become(JSON.parse(event.data)));
    // Whoever leaves the page leaves the stream: a browser opens few connections to a server.
    addEventListener("pagehide", () => this.source.close());
  }

  disconnectedCallback() {
    this.source?.close();
  }

  show(told) {
    const put = (name, text) => {
      const place = this.querySelector(`[data-${name}]`);
      if (place && place.textContent !== text) place.textContent = text;
    };
    put("words", told.words);
    put("left", told.left);
    if (told.status !== "in_progress") return;
    put("percent", `${told.percent} %`);
    const bar = this.querySelector("progress");
    if (bar) bar.value = told.percent;
    this.preview(told.preview);
  }

  // The next picture takes the place of the one before when it is here whole.
  preview(url) {
    const shown = this.querySelector(".stage-preview");
    if (!url || !shown || this.newest === url || shown.getAttribute("src") === url) return;
    this.newest = url;
    const next = new Image();
    next.addEventListener("load", () => {
      if (this.newest !== url) return;
      shown.src = url;
      shown.hidden = false;
    });
    next.src = url;
  }

  async become(told) {
    this.show(told);
    if (told.status === this.dataset.status) return;
    this.dataset.status = told.status;
    if (ENDED.has(told.status)) this.source.close();
    const words = { completed: this.dataset.done, failed: this.dataset.failed, in_progress: this.dataset.began };
    live().say(words[told.status]);
    await refresh(["lead", "stage", "advice", "actions", "shares", "notes", "json", "facts", "timeline", "dialogs"]);
  }
}

customElements.define("k-task", Task);
