// <k-copy>: a text in [data-copy], and a button that puts it on the clipboard.

import { live } from "./live.js";

class Copy extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.copy());
  }

  async copy() {
    const region = live();
    try {
      await write(this.querySelector("[data-copy]"));
    } catch {
      region.say(region.dataset.failed);
      return;
    }
    region.say(region.dataset.copied);
    const use = this.querySelector("button use");
    const before = use.getAttribute("href");
    use.setAttribute("href", before.replace(/#.*/, "#check"));
    setTimeout(() => use.setAttribute("href", before), 1500);
  }
}

async function write(element) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(element.textContent);
    return;
  }
  // Over plain http there is no clipboard to write to, but what is selected can be copied.
  const selection = getSelection();
  selection.selectAllChildren(element);
  const done = document.execCommand("copy");
  selection.removeAllRanges();
  if (!done) throw new Error("not copied");
}

customElements.define("k-copy", Copy);
