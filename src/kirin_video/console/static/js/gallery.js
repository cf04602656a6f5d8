// <k-gallery>: clips play under the pointer and under the focus, two of them are chosen for comparing, and what has not
// ended is looked at again.

import { fetched } from "./fresh.js";

const WAIT_MS = 180;
const LOOK_EVERY_MS = 4000;
const still = matchMedia("(prefers-reduced-motion: reduce)");

class Gallery extends HTMLElement {
  connectedCallback() {
    for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      this.addEventListener(enter, (event) => this.enter(event.target.closest(".clip")));
      this.addEventListener(leave, (event) => {
        const clip = event.target.closest(".clip");
        if (clip && !clip.contains(event.relatedTarget)) this.leave(clip);
      });
    }
    this.boxes = () => [...this.querySelectorAll("input[name=pick]")];
    this.addEventListener("change", (event) => this.pick(event.target));
    this.querySelector("[data-unpick]")?.addEventListener("click", () => {
      for (const box of this.boxes()) box.checked = false;
      this.told();
      this.boxes()[0]?.focus();
    });
    if (this.querySelector(".picked")) this.told();
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  enter(clip) {
    if (!clip || clip === this.entered || still.matches) return;
    this.leave(this.entered);
    this.entered = clip;
    clearTimeout(this.waiting);
    // Whoever only passes over a clip starts nothing.
    this.waiting = setTimeout(() => this.play(clip), WAIT_MS);
  }

  play(clip) {
    const stage = clip.querySelector("[data-clip]");
    if (!stage || stage.querySelector("video")) return;
    const video = document.createElement("video");
    Object.assign(video, { muted: true, loop: true, playsInline: true, disablePictureInPicture: true });
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    video.addEventListener("playing", () => stage.classList.add("plays"), { once: true });
    video.src = stage.dataset.clip;
    stage.append(video);
    video.play().catch(() => video.remove());
  }

  leave(clip) {
    if (!clip) return;
    clearTimeout(this.waiting);
    if (this.entered === clip) this.entered = undefined;
    const video = clip.querySelector(".clip-stage video");
    if (!video) return;
    clip.querySelector(".clip-stage").classList.remove("plays");
    video.pause();
    // Without its address it lets go of the connection too.
    video.removeAttribute("src");
    video.load();
    video.remove();
  }

  // Of three that are chosen the first is let go.
  pick(box) {
    if (box.name !== "pick") return;
    this.order = [...(this.order ?? []).filter((each) => each !== box && each.checked), ...(box.checked ? [box] : [])];
    while (this.order.length > 2) this.order.shift().checked = false;
    this.told();
  }

  told() {
    const count = this.boxes().filter((box) => box.checked).length;
    const words = this.querySelector(".picked-words");
    this.none ??= words.textContent;
    words.textContent = [this.none, this.dataset.one, this.dataset.two][count];
    this.toggleAttribute("data-picks", count > 0);
    this.querySelector("[data-unpick]").hidden = count === 0;
    const compare = this.querySelector(".picked .button:not([data-unpick])");
    compare.disabled = count < 2;
    compare.classList.toggle("primary", count === 2);
  }

  async look() {
    const open = this.querySelectorAll('[data-state^="queued"], [data-state^="in_progress"]');
    if (document.hidden || this.looking || !open.length) return;
    this.looking = true;
    const fresh = await fetched(location.href);
    this.looking = false;
    for (const old of open) {
      const next = fresh?.getElementById(old.id);
      if (!next || next.dataset.state === old.dataset.state || old.contains(document.activeElement)) continue;
      old.replaceWith(document.adoptNode(next));
    }
  }
}

customElements.define("k-gallery", Gallery);
