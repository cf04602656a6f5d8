// <k-menu>: on narrow screens, a button opens and closes the menu.

class Menu extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[aria-expanded]");
    this.button?.addEventListener("click", () => this.toggle(!this.hasAttribute("data-open")));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.hasAttribute("data-open")) {
        this.toggle(false);
        this.button.focus();
      }
    });
  }

  toggle(open) {
    this.toggleAttribute("data-open", open);
    this.button.setAttribute("aria-expanded", String(open));
  }
}

customElements.define("k-menu", Menu);
