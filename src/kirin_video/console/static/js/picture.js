// <k-picture>: a picture that the server has to make first. They are asked for one at a time, since a browser opens
// few connections to a server, and a page that is asked for meanwhile would wait behind them.

let last = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else addEventListener("load", resolve, { once: true });
});

class Picture extends HTMLElement {
  connectedCallback() {
    last = last.then(() => this.load());
  }

  load() {
    if (!this.isConnected) return undefined;
    const image = new Image();
    image.alt = this.dataset.words;
    const done = new Promise((resolve) => {
      image.addEventListener("load", () => {
        this.replaceWith(image);
        resolve();
      });
      image.addEventListener("error", resolve);
    });
    image.src = this.dataset.src;
    return done;
  }
}

customElements.define("k-picture", Picture);
