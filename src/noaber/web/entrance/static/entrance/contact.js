// Registering by keys: a figure chooses the theme, the next one the outcome, Enter saves. Without this file all works by mouse and Tab.
(() => {
  const form = document.querySelector("#contact, #langer");
  if (!form) return;
  document.documentElement.classList.add("js");
  let began = 0;
  const begin = () => { began ||= Date.now(); };
  form.addEventListener("input", begin);
  form.addEventListener("keydown", begin);
  form.addEventListener("pointerdown", begin);
  form.addEventListener("submit", () => {
    const seconds = form.querySelector("[name=seconds]");
    if (seconds && began) seconds.value = Math.max(1, Math.round((Date.now() - began) / 1000));
  });
  const typing = (el) => el.matches("textarea, select, input:not([type=radio], [type=checkbox])") && el.value !== "";
  const choose = (name, number) => {
    const option = form.querySelectorAll(`[name=${name}]`)[number - 1];
    if (!option) return;
    option.checked = true;
    option.focus();
    option.dispatchEvent(new Event("change", { bubbles: true }));
  };
  if (form.id === "contact") {
    form.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const at = event.target;
      if (event.key === "Enter" && !event.shiftKey && !at.matches("button, summary, a")) {
        event.preventDefault();
        form.requestSubmit();
      } else if (/^[1-9]$/.test(event.key) && (at.matches("[type=radio]") || (at.matches("textarea") && !typing(at)))) {
        event.preventDefault();
        const outcome = at.name === "theme" || (at.name !== "outcome" && at.name !== "words" && form.querySelector("[name=theme]:checked"));
        choose(outcome || at.name === "outcome" ? "outcome" : "theme", Number(event.key));
      }
    });
  }
  const name = form.querySelector("[data-known]");
  if (name) name.addEventListener("change", async () => {
    const shown = document.getElementById("bekend");
    if (name.value.trim().length < 2) { shown.replaceChildren(); return; }
    const answer = await fetch(`${name.dataset.known}`, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (answer.ok) shown.innerHTML = await answer.text();
  });
})();
