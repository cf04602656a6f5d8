// <k-plot>: says what a bar stands for while the pointer is on it. The same figures are in the table beside it.

class Plot extends HTMLElement {
  connectedCallback() {
    this.tip = this.querySelector(".plot-tip");
    this.addEventListener("pointermove", (event) => this.show(event.target.closest(".plot-bar")));
    this.addEventListener("pointerleave", () => this.show(null));
  }

  show(bar) {
    if (bar === this.bar) return;
    this.bar?.classList.remove("here");
    this.bar = bar;
    this.tip.hidden = !bar;
    if (!bar) return;
    bar.classList.add("here");
    const pieces = [...bar.querySelectorAll("[data-series]")].reverse();
    const lines = pieces.map((piece) => line("span", `${piece.dataset.series}: ${piece.dataset.value}`));
    this.tip.replaceChildren(line("strong", `${bar.dataset.label} · ${bar.dataset.total}`), ...lines);
    const own = this.getBoundingClientRect();
    const box = bar.getBoundingClientRect();
    const middle = box.left + box.width / 2 - own.left - this.tip.offsetWidth / 2;
    this.tip.style.left = `${Math.max(0, Math.min(middle, own.width - this.tip.offsetWidth))}px`;
  }
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

customElements.define("k-plot", Plot);
