// The sliders: each moves the number beside it, and says so; htmx asks for the answer. Without this file the numbers and a button do.
(() => {
  const form = document.querySelector("#stand");
  if (!form) return;
  document.documentElement.classList.add("js");
  for (const slider of form.querySelectorAll("input[type=range]")) {
    const number = form.elements[slider.dataset.for];
    slider.hidden = false;
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
    slider.addEventListener("dblclick", () => { slider.value = 0; slider.dispatchEvent(new Event("input", { bubbles: true })); });
  }
  // From where one looks decides which measures and care forms there are: that is another page.
  form.addEventListener("change", (event) => { if (event.target.closest(".bench-from") && /^(bekend|vooruit|later)$/.test(event.target.name)) form.requestSubmit(); });
  // A screen reader hears the sentence once the hand rests, and not each step on the way.
  let rest = 0;
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "antwoord") return;
    clearTimeout(rest);
    rest = setTimeout(() => { document.querySelector("#gezegd").textContent = document.querySelector("#gezegd-nu")?.textContent ?? ""; }, 700);
  });
})();
