// <k-starters>: examples in groups, one group shown at a time. Each is a link that fills the form; here it does so in place.

class Starters extends HTMLElement {
  connectedCallback() {
    this.groups = [...this.querySelectorAll(".pg-group")];
    this.tabs = this.querySelector(".pg-groups");
    for (const group of this.groups) this.tabs.append(this.tab(group));
    this.tabs.hidden = this.groups.length < 2;
    this.show(this.groups[0]);
    this.addEventListener("click", (event) => {
      const card = event.target.closest(".pg-card");
      if (!card || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { prompt, slots, elements, ratio, duration } = card.dataset;
      const detail = { prompt, ratio, duration, slots: words(slots), elements: words(elements) };
      this.dispatchEvent(new CustomEvent("starter", { bubbles: true, detail }));
    });
  }

  tab(group) {
    const button = document.createElement("button");
    const heading = group.querySelector("h3");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.hidden = true;
    button.addEventListener("click", () => this.show(group));
    return button;
  }

  show(shown) {
    this.groups.forEach((group, at) => {
      group.hidden = group !== shown;
      this.tabs.children[at].setAttribute("aria-pressed", String(group === shown));
    });
  }
}

const words = (text) => text.split(" ").filter(Boolean);

customElements.define("k-starters", Starters);
