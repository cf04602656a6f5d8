// Buttons that open dialogs: data-opens names one by its id, data-closes shuts the one around it.

export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    event.target.closest?.("[data-closes]")?.closest("dialog")?.close();
    // A click beside the dialog lands on the dialog itself.
    if (event.target instanceof HTMLDialogElement && isOutside(event, event.target)) event.target.close();
  });
}

function isOutside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
