// Says something to screen readers: a region that every page has, filled with what has just happened.

class Live extends HTMLElement {
  say(text) {
    this.textContent = "";
    // A moment later, so that the same words twice are said twice.
    setTimeout(() => { this.textContent = text; }, 50);
  }
}

customElements.define("k-live", Live);

export const live = () => document.querySelector("k-live");
