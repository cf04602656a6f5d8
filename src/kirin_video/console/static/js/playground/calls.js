// Calls of the playground to its server: forms out, JSON back.

export class Calls {
  constructor(base, token) {
    this.base = base;
    this.headers = { Accept: "application/json", "X-Kirin-Form": token };
    this.running = new Map();
  }

  async post(path, body, signal) {
    const response = await fetch(this.base + path, { method: "POST", headers: this.headers, body, signal });
    return { ok: response.ok, answer: await response.json() };
  }

  async get(path) {
    const response = await fetch(this.base + path, { headers: this.headers });
    return { ok: response.ok, answer: await response.json() };
  }

  // What a call under way would answer is not true any more.
  drop(name) {
    this.running.get(name)?.abort();
  }

  // Of calls of one name only the last one counts; what fails is tried again with the next change.
  async latest(name, path, body, show) {
    this.drop(name);
    const control = new AbortController();
    this.running.set(name, control);
    try {
      const { ok, answer } = await this.post(path, body, control.signal);
      if (ok && !control.signal.aborted) show(answer);
    } catch {
      // Superseded, or the server is away for a moment.
    }
  }

  // Sends a file, and tells how far it is.
  upload(file, tell) {
    return new Promise((resolve, reject) => {
      const call = new XMLHttpRequest();
      call.open("POST", `${this.base}/files`);
      for (const [name, value] of Object.entries(this.headers)) call.setRequestHeader(name, value);
      call.responseType = "json";
      call.upload.addEventListener("progress", (event) => tell(event.loaded / event.total));
      call.addEventListener("load", () => resolve({ ok: call.status < 300, answer: call.response ?? {} }));
      call.addEventListener("error", reject);
      call.addEventListener("abort", reject);
      const body = new FormData();
      body.append("file", file);
      call.send(body);
      tell(0, () => call.abort());
    });
  }
}
