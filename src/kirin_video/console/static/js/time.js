// <k-time>: shows the <time> in it in the reader's own time zone and language; with data-ago, how long ago it was.

const STEPS = [
  ["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1],
];

class Time extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = new Date(time.dateTime);
    const language = document.documentElement.lang;
    const whole = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(at);
    time.title = whole;
    time.textContent = this.hasAttribute("data-ago") ? ago(at, language) : whole;
  }
}

function ago(at, language) {
  const seconds = (at.getTime() - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

customElements.define("k-time", Time);
