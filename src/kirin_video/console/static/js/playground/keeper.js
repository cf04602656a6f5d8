// Keeps what stands in the form for as long as the tab is open, so that a reload loses nothing.

const PLAIN = ["seed", "external_task_id", "callback_url"];
const CHOSEN = ["mode", "ratio", "duration"];

export class Keeper {
  constructor(root) {
    this.root = root;
    this.name = `kirin.playground.${root.dataset.account}`;
  }

  save() {
    const { root } = this;
    const fields = root.form.elements;
    const kept = {
      prompt: root.prompt.value,
      items: root.materials.kept,
      slots: root.materials.slots,
      watermark: fields.watermark.checked,
      plain: PLAIN.map((name) => fields[name].value),
      chosen: CHOSEN.map((name) => root.form.querySelector(`[name="${name}"]:checked`)?.value),
    };
    try {
      sessionStorage.setItem(this.name, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing loses the draft with the page, as it would any form.
    }
  }

  // Brings the draft back; false if there is none that is worth it.
  restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.name));
    } catch {
      return false;
    }
    if (!kept) return false;
    const { root } = this;
    const fields = root.form.elements;
    PLAIN.forEach((name, at) => { fields[name].value = kept.plain[at]; });
    CHOSEN.forEach((name, at) => root.choose(name, kept.chosen[at]));
    fields.watermark.checked = kept.watermark;
    root.querySelector(".pg-more").open = kept.watermark || kept.plain.some(Boolean);
    root.prompt.value = kept.prompt;
    for (const item of kept.items) root.materials.bring(item);
    root.materials.want(kept.slots);
    const isWorthIt = Boolean(kept.prompt || kept.items.length);
    if (isWorthIt) root.querySelector(".pg-start").open = false;
    return isWorthIt;
  }

  forget() {
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Nothing was kept then.
    }
  }
}
