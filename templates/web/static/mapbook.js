// While a map book is being made: how far it is, twice a second; when it has ended, the page itself again. Without this script the page reloads by itself.
const box = document.querySelector("[data-job]");
const bar = box?.querySelector("progress");
const said = box?.querySelector("[data-said]");

async function look() {
  try {
    const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
    const job = answer.ok ? await answer.json() : { state: "gone" };
    if (job.state !== "running") return location.reload();
    bar.value = job.done;
    if (said.textContent !== job.said) said.textContent = job.said;
  } catch { /* the server is away for a moment: ask again */ }
  setTimeout(look, 500);
}

if (box) setTimeout(look, 500);
