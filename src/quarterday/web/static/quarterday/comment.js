// The comment editor: the page does all of this without a script, too, by its buttons.
(() => {
  const text = document.getElementById("id_text");
  const marks = document.getElementById("check");
  const said = document.getElementById("check-summary");
  const draft = document.getElementById("use-draft");
  if (!text || !marks) return;

  draft?.addEventListener("click", (event) => {
    event.preventDefault();
    const drafted = document.getElementById("draft-text").textContent;
    if (!text.value.includes(drafted)) {
      text.value = text.value.trim() ? `${text.value.trimEnd()}\n\n${drafted}` : drafted;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.focus();
  });

  // A reason that is being typed while marks arrive stays as it is.
  let typed = {};
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== marks) return;
    if (!new URL(event.detail.xhr.responseURL).pathname.endsWith("/check/")) {
      event.detail.shouldSwap = false;
      said.textContent = "You are no longer signed in. Copy your text, sign in again, and paste it.";
      return;
    }
    typed = Object.fromEntries([...marks.querySelectorAll("input")].map((input) => [input.id, input.value]));
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    for (const input of marks.querySelectorAll("input")) {
      if (input.id in typed) input.value = typed[input.id];
    }
  });
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(failed, () => {
      said.textContent = "The text could not be checked just now. Your text is still here; type on, or press Check.";
    });
  }
})();
