// The keyboard in the list of entries: j and k move, x ticks, Enter opens. Without this script the page does the same by Tab and blank.
const list = document.querySelector("form[data-entries]");
const rows = list ? [...list.querySelectorAll("tr[data-entry]")] : [];
const boxes = list ? [...list.querySelectorAll("input[name=entry]")] : [];
const told = list ? [...list.querySelectorAll("[data-picked]")] : [];
const what = list?.querySelector("select[name=move]");
const every = list?.querySelector("[data-every]");
let at = -1;

function count() {
  const picked = boxes.filter((box) => box.checked).length;
  for (const one of told) one.textContent = picked ? `(${picked})` : "";
  if (every) every.checked = picked > 0 && picked === boxes.length;
}

function go(to) {
  rows[at]?.classList.remove("here");
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows[at].classList.add("here");
  rows[at].scrollIntoView({ block: "nearest" });
  rows[at].querySelector("a").focus({ preventScroll: true });
}

if (every) {
  every.closest("label").hidden = false;
  every.addEventListener("change", () => { for (const box of boxes) box.checked = every.checked; count(); });
}
for (const box of boxes) box.addEventListener("change", count);
count();

function fitting() {
  for (const field of list.querySelectorAll("[data-for]")) {
    field.hidden = !field.dataset.for.split(" ").includes(what.value);
    for (const input of field.querySelectorAll("input, select")) input.disabled = field.hidden;
  }
}

if (what) {
  what.addEventListener("change", fitting);
  fitting();
}

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (!rows.length || inField || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "x" && at >= 0 && boxes[at]) { boxes[at].checked = !boxes[at].checked; count(); }
  else if (event.key === "Enter" && at >= 0 && !event.target.closest("a, button")) window.location.assign(rows[at].dataset.entry);
  else return;
  event.preventDefault();
});
