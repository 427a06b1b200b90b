// What the pages do beyond links and forms. Everything that can be read can be read without it.
"use strict";
document.documentElement.classList.add("js");

const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

for (const select of all("[data-submits]")) select.addEventListener("change", () => select.form.requestSubmit());

// Suggestions of companies as one types

for (const field of all("[data-suggest]")) {
  let asked = 0;
  field.addEventListener("input", async () => {
    const mine = ++asked;
    await new Promise((done) => setTimeout(done, 120));
    if (mine !== asked || !field.value.trim()) return;
    const answer = await fetch(`${field.dataset.suggest}?text=${encodeURIComponent(field.value)}`);
    if (!answer.ok || mine !== asked) return;
    const options = (await answer.json()).map((each) => {
      const option = new Option(each.label, each.value);
      option.label = each.label;
      return option;
    });
    field.list.replaceChildren(...options);
  });
}

// A list beside the hits, at length or cut short, in its place

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-replaces]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(link.dataset.replaces);
  one(`#${link.dataset.replaces}`).replaceWith(other);
  other.querySelector("a").focus();
});

// Hits of a document, one after another

const marksOf = (number) => all(`mark[data-m~="${number}"]`);
const run = ([first, last = first]) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const numbers = (given) => (given ? given.split(" ").flatMap((each) => run(each.split("-").map(Number))) : []);
const text = one("#text");
const steps = text ? numbers(one("#where").dataset.steps) : [];
let current = -1;

function reveal(element, times = 4) {
  // What lies between is laid out only now, and moves it: look again until it stays.
  element?.scrollIntoView({ block: "center", behavior: "instant" });
  if (element && times) requestAnimationFrame(() => reveal(element, times - 1));
}

function show(number, among = steps) {
  for (const mark of all("mark.now")) mark.classList.remove("now");
  current = number;
  const marks = marksOf(number);
  for (const mark of marks) mark.classList.add("now");
  reveal(marks[0]);
  const place = among === steps ? "Hit" : "Of this term,";
  one("#which").textContent = `${place} ${among.indexOf(number) + 1} of ${among.length}`;
}

function step(by, among = steps) {
  const onward = by > 0 ? among.find((each) => each > current) : among.findLast((each) => each < (current < 0 ? Infinity : current));
  if (onward !== undefined) return show(onward, among);
  const next = among === steps && one(by > 0 ? "#document-after" : "#document-before");
  if (next) location.assign(next.href);
  else if (among.length) show(by > 0 ? among[0] : among.at(-1), among);
}

if (steps.length) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step], [data-go]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.go) show(Number(link.dataset.go));
    else step(Number(link.dataset.step), link.closest("[data-numbers]") ? numbers(link.closest("[data-numbers]").dataset.numbers) : steps);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("a, button, input, select, textarea, summary") && !event.target.closest("#next, #previous")) return;
    event.preventDefault();
    step(event.shiftKey || event.target.id === "previous" ? -1 : 1);
  });
  const named = Number(location.hash.match(/^#m(\d+)$/)?.[1] ?? NaN);
  if (steps.includes(named)) show(named);
  else if (location.hash === "#first") show(steps[0]);
  else if (location.hash === "#last") show(steps.at(-1));
}
if (!location.hash || location.hash === "#at") reveal(one("#at"));

// A citation of what is selected, else of the current hit

function place(node, offset) {
  const line = (node.nodeType === 1 ? node : node.parentElement).closest("[data-o]");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  const cells = before.cloneContents().querySelectorAll("td");
  const empty = [...line.children].filter((cell) => cell.matches("td.shift")).length;
  return Number(line.dataset.o) + [...before.toString()].length + Math.max(0, cells.length - 1 - empty);
}

function passage(button) {
  const chosen = getSelection();
  if (!chosen.isCollapsed && text?.contains(chosen.anchorNode) && text.contains(chosen.focusNode)) {
    const range = chosen.getRangeAt(0);
    const ends = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
    if (ends[0] !== null && ends[1] > ends[0]) return ends.join("-");
  }
  const marks = marksOf(current);
  if (!marks.length) return button.dataset.at ?? null;
  const last = marks.at(-1);
  return `${place(marks[0], 0)}-${place(last, last.childNodes.length)}`;
}

one("#cite")?.addEventListener("click", async (event) => {
  const at = passage(event.target);
  if (!at) return void (one("#cited-status").textContent = "Select a passage first");
  const answer = await (await fetch(`${event.target.dataset.cite}?at=${at}`)).json();
  const said = `${answer.citation} ${new URL(answer.address, location)}`;
  await navigator.clipboard.writeText(said).then(
    () => (one("#cited-status").textContent = "Copied"),
    () => (one("#cited-status").textContent = said),
  );
});
