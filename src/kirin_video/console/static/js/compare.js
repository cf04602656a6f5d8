// <k-compare>: two clips in step. Where both are is one number, the frame; the slider, the buttons and the keys set it.

const FPS = 24;
const DRIFT_S = 1 / FPS;

class Compare extends HTMLElement {
  connectedCallback() {
    this.videos = [...this.querySelectorAll("video")];
    this.scrub = this.querySelector("[data-scrub]");
    this.clock = this.querySelector("[data-clock]");
    this.button = this.querySelector("[data-play]");
    this.edge = this.querySelector("[data-edge]");
    for (const video of this.videos) {
      video.controls = false;
      video.addEventListener("loadedmetadata", () => this.measure());
      video.addEventListener("seeked", () => this.settle(video));
    }
    this.measure();
    this.scrub.addEventListener("input", () => this.go(Number(this.scrub.value)));
    this.button.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    for (const step of this.querySelectorAll("[data-step]")) {
      step.addEventListener("click", () => this.go(this.frame + Number(step.dataset.step)));
    }
    this.choices("[data-speed]", (chosen) => {
      for (const video of this.videos) video.playbackRate = Number(chosen.dataset.speed);
    });
    this.choices("[data-view-choice]", (chosen) => {
      this.dataset.view = chosen.dataset.viewChoice;
      this.querySelector(".compare-wipe").hidden = this.dataset.view !== "wipe";
      this.cut();
    });
    this.edge.addEventListener("input", () => this.cut());
    this.addEventListener("keydown", (event) => this.press(event));
    this.querySelector(".compare-stage").addEventListener("pointerdown", (event) => this.grab(event));
    this.frame = 0;
    this.show();
  }

  get last() {
    return Number(this.scrub.max);
  }

  measure() {
    const longest = Math.max(...this.videos.map((video) => video.duration || 0));
    if (longest) this.scrub.max = Math.max(1, Math.round(longest * FPS) - 1);
  }

  choices(selector, choose) {
    const buttons = [...this.querySelectorAll(selector)];
    for (const button of buttons) {
      button.addEventListener("click", () => {
        for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
        choose(button);
      });
    }
  }

  press(event) {
    const step = event.shiftKey ? 10 : 1;
    const keys = {
      " ": () => (this.playing ? this.pause() : this.play()),
      ArrowLeft: () => this.go(this.frame - step),
      ArrowRight: () => this.go(this.frame + step),
      Home: () => this.go(0),
      End: () => this.go(this.last),
    };
    // The edge has arrows of its own, and a space presses the button that has the focus.
    if (event.target === this.edge || (event.key === " " && event.target.closest("button, a"))) return;
    if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  }

  // To a frame: its middle, so that no rounding shows its neighbour. A seek that is under way is let end first.
  go(frame) {
    this.pause();
    this.frame = Math.max(0, Math.min(this.last, frame));
    this.show();
    for (const video of this.videos) this.seek(video);
  }

  seek(video) {
    const at = Math.min((this.frame + 0.5) / FPS, Math.max(0, (video.duration || 0) - 0.5 / FPS));
    if (video.seeking) video.due = at;
    else if (Math.abs(video.currentTime - at) > 0.001) video.currentTime = at;
  }

  settle(video) {
    if (video.due === undefined) return;
    const at = video.due;
    video.due = undefined;
    video.currentTime = at;
  }

  async play() {
    if (this.frame >= this.last) {
      this.frame = 0;
      for (const video of this.videos) video.currentTime = 0;
    }
    this.playing = true;
    this.mark();
    await Promise.allSettled(this.videos.filter((video) => !video.ended).map((video) => video.play()));
    const tick = () => {
      if (!this.playing) return;
      this.keepInStep();
      requestAnimationFrame(tick);
    };
    tick();
  }

  // The longer clip leads; the other is pulled along when it is more than a frame off.
  keepInStep() {
    const [one, other] = this.videos;
    const leader = (one.duration || 0) >= (other.duration || 0) ? one : other;
    const led = leader === one ? other : one;
    if (!led.ended && !led.seeking && Math.abs(led.currentTime - leader.currentTime) > DRIFT_S) {
      led.currentTime = Math.min(leader.currentTime, led.duration || 0);
    }
    this.frame = Math.min(this.last, Math.floor(leader.currentTime * FPS));
    this.show();
    if (!leader.ended) return;
    this.frame = 0;
    for (const video of this.videos) {
      video.currentTime = 0;
      video.play().catch(() => this.pause());
    }
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    for (const video of this.videos) video.pause();
    this.mark();
    for (const video of this.videos) this.seek(video);
  }

  mark() {
    const words = this.playing ? this.button.dataset.pauseWords : this.button.dataset.playWords;
    this.button.setAttribute("aria-label", words);
    const use = this.button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, this.playing ? "#pause" : "#play"));
  }

  show() {
    this.scrub.value = this.frame;
    const told = `${(this.frame / FPS).toFixed(2)} s · ${this.dataset.frame} ${this.frame + 1}`;
    this.scrub.setAttribute("aria-valuetext", told);
    this.clock.textContent = told;
  }

  cut() {
    const isWipe = this.dataset.view === "wipe";
    const at = `${this.edge.value}%`;
    this.videos[1].style.clipPath = isWipe ? `inset(0 0 0 ${at})` : "";
    this.querySelector(".compare-edge").style.left = at;
  }

  // By pointer on the pictures: in the wipe it draws the edge along, beside each other it goes through the clips.
  grab(event) {
    if (event.button !== 0 || event.target.closest("a")) return;
    const stage = event.currentTarget;
    const isWipe = this.dataset.view === "wipe";
    const move = (each) => {
      const target = isWipe ? stage : (each.target.closest?.("video") ?? event.target.closest("video") ?? stage);
      const box = (isWipe ? stage : event.target.closest("video") ?? target).getBoundingClientRect();
      const part = Math.max(0, Math.min(1, (each.clientX - box.left) / box.width));
      if (isWipe) {
        this.edge.value = Math.round(part * 100);
        this.cut();
      } else {
        this.go(Math.round(part * this.last));
      }
    };
    const end = () => {
      stage.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) stage.removeEventListener(name, end);
    };
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, end);
    move(event);
    event.preventDefault();
  }
}

customElements.define("k-compare", Compare);
