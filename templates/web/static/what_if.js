// Sliders beside the number fields. Without this script the fields work alone; only what a field holds is sent.
for (const slider of document.querySelectorAll("input[data-knob]")) {
  const field = document.getElementById(slider.dataset.knob);
  const follow = () => {
    const typed = Number(field.value);
    if (field.value !== "" && Number.isFinite(typed)) slider.value = typed;
  };
  follow();
  slider.hidden = false;
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", follow);
}
