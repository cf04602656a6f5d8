// The page as it is now, for scripts that keep parts of it up to date.

// Take parts of the page anew from the server. A document that is fetched this way runs no scripts.
export async function refresh(names) {
  const fresh = await fetched(location.href);
  if (!fresh) return;
  for (const name of names) {
    const old = document.querySelector(`[data-part="${name}"]`);
    const next = fresh.querySelector(`[data-part="${name}"]`);
    if (!old || !next) continue;
    const hadFocus = old.contains(document.activeElement);
    const open = old.querySelector("dialog[open]");
    if (open && next.querySelector(`#${open.id}`)) continue;
    const put = document.adoptNode(next);
    old.replaceWith(put);
    if (hadFocus) put.querySelector("a, button, video, summary")?.focus();
  }
}

export function fetched(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.addEventListener("load", () => resolve(request.status === 200 ? request.responseXML : null));
    request.addEventListener("error", () => resolve(null));
    request.send();
  });
}
