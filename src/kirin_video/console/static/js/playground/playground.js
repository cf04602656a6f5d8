// <k-playground>: the form that makes clips. While one types, the server judges and prices it by the API's own rules; nothing
// of them is repeated here. Without scripts the same form is sent as it is.

import { live } from "../live.js";
import { Calls } from "./calls.js";
import { Keeper } from "./keeper.js";
import { Materials } from "./materials.js";
import { Outlook } from "./outlook.js";
import { Pickers } from "./pickers.js";
import "./prompt.js";
import "./starters.js";

const CHECK_MS = 250;
const PLAN_MS = 700;
const MOST_CHECKED = 20_000;

class Playground extends HTMLElement {
  connectedCallback() {
    this.texts = JSON.parse(this.dataset.texts);
    this.form = this.querySelector("form.pg");
    this.prompt = this.querySelector("k-prompt");
    this.go = this.querySelector(".pg-go");
    this.calls = new Calls(this.dataset.at, this.dataset.token);
    this.outlook = new Outlook(this);
    this.materials = new Materials(this);
    this.pickers = new Pickers(this);
    this.keeper = new Keeper(this);
    this.listen();
    this.begin();
  }

  // Text of the page's language, with values put in.
  say(name, values = {}) {
    return this.texts[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
      const sends = event.ctrlKey || event.metaKey;
      // Enter alone sends nothing that costs money: it was meant for the field.
      if (sends || event.target.matches("input")) event.preventDefault();
      if (sends) this.form.requestSubmit();
    });
    this.addEventListener("starter", (event) => this.start(event.detail));
    this.querySelector("[data-reset]").addEventListener("click", () => this.reset());
    this.querySelector("[data-draw]").addEventListener("click", () => this.draw());
    addEventListener("pagehide", () => this.keeper.save());
    // Whoever comes back to the page asks for another clip.
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.renew();
    });
    if (/Mac|iPhone|iPad/.test(navigator.platform)) this.querySelector(".pg-go kbd").textContent = "⌘ ⏎";
  }

  begin() {
    if (this.dataset.given === "yes") {
      this.materials.want(this.dataset.slots.split(" ").filter(Boolean));
      // What the address asked for is here; a reload is to bring back what became of it.
      history.replaceState(null, "", `${this.dataset.at}/playground`);
    } else if (this.keeper.restore()) {
      live().say(this.say("restored"));
    }
    this.materials.refresh();
    this.changed();
    if (this.dataset.given === "yes") this.prompt.focusEnd();
  }

  // Something in the form is another: judge it, keep it.
  changed() {
    this.outlook.wait();
    this.calls.drop("check");
    this.calls.drop("plan");
    clearTimeout(this.checkTimer);
    clearTimeout(this.planTimer);
    this.checkTimer = setTimeout(() => this.check(), CHECK_MS);
    this.planTimer = setTimeout(() => this.plan(), PLAN_MS);
    if (this.prompt.value) this.hasWritten = true;
  }

  get data() {
    return new URLSearchParams(new FormData(this.form));
  }

  async check() {
    this.keeper.save();
    // A file on its way has no address yet; when it has one, this is called again.
    if (this.materials.isSending || this.prompt.value.length > MOST_CHECKED) return;
    await this.calls.latest("check", "/playground/check", this.data, (answer) => {
      this.outlook.show(answer, { tellsMissing: this.hasWritten });
    });
  }

  async plan() {
    if (this.materials.isSending || this.prompt.value.length > MOST_CHECKED) return;
    await this.calls.latest("plan", "/playground/plan", this.data, (answer) => this.outlook.showPlan(answer));
  }

  async send() {
    if (this.isBusy) return;
    this.hasWritten = true;
    this.busy(true);
    this.outlook.alert("");
    try {
      if (this.materials.isSending) {
        this.outlook.alert(this.say("uploading"), "info");
        await this.materials.settled();
        this.outlook.alert("");
      }
      if (this.materials.hasFailed) {
        this.materials.focusFailed();
        return;
      }
      const [slot] = this.materials.slots;
      if (slot) {
        this.outlook.alert(this.say("slot_open", { name: this.say(`role_${slot}`) }), "info");
        this.materials.focusSlot();
        return;
      }
      const { ok, answer } = await this.calls.post("/playground/send", this.data);
      if (ok) this.leave(answer.location);
      else this.refused(answer);
    } catch {
      this.outlook.alert(this.say("offline"));
    } finally {
      if (!this.isLeaving) this.busy(false);
    }
  }

  leave(location_) {
    this.isLeaving = true;
    this.form.elements.external_task_id.value = "";
    this.renew();
    this.keeper.save();
    location.assign(location_);
  }

  refused(answer) {
    if (answer.problems) {
      this.outlook.showProblems(answer.problems, { tellsMissing: true });
      this.outlook.focusProblem(answer.problems[0].place);
    } else {
      this.outlook.alert(answer.error?.error_message ?? this.say("offline"));
    }
  }

  busy(is) {
    this.isBusy = is;
    if (is) this.go.setAttribute("aria-busy", "true");
    else this.go.removeAttribute("aria-busy");
  }

  // The next clip is another call than the last.
  renew() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    this.form.elements.attempt.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.isLeaving = false;
    this.busy(false);
  }

  draw() {
    const field = this.form.elements.seed;
    field.value = String(crypto.getRandomValues(new Uint32Array(1))[0]);
    this.changed();
  }

  // An example takes the place of the words; what somebody brought along stays.
  start({ prompt, slots, elements, ratio, duration }) {
    this.prompt.replace(prompt);
    this.choose("ratio", ratio);
    this.choose("duration", duration);
    this.materials.arrange(slots, elements);
    this.querySelector(".pg-start").open = false;
    this.prompt.focusEnd();
    this.changed();
  }

  choose(name, value) {
    const field = this.form.querySelector(`[name="${name}"][value="${value}"]`);
    if (field) field.checked = true;
  }

  reset() {
    this.keeper.forget();
    this.materials.clear();
    this.form.reset();
    for (const field of this.form.querySelectorAll("#prompt, #seed, #external, #callback")) field.value = "";
    this.form.elements.watermark.checked = false;
    for (const [name, value] of [["mode", "std"], ["ratio", "16:9"], ["duration", "5"]]) this.choose(name, value);
    this.hasWritten = false;
    this.prompt.redraw();
    this.renew();
    this.outlook.alert("");
    this.querySelector(".pg-start").open = true;
    this.prompt.focusEnd();
    this.changed();
  }
}

customElements.define("k-playground", Playground);
