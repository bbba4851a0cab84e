"use strict";
for (const hint of document.querySelectorAll(".hint"))
  hint.hidden = false;

// A box that hides what has other names; what is folded away opens for it.
const filter = document.querySelector("#filter");
if (filter !== null) {
  const named = [...document.querySelectorAll("table.repositories tbody tr"), ...document.querySelectorAll("article[data-name]")]
    .map((element) => [element, (element.dataset.name ?? element.querySelector("th bdi").textContent).toLowerCase()]);
  document.querySelector(".filter").hidden = false;
  filter.addEventListener("input", () => {
    const part = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const [element, name] of named) {
      const isOut = !name.includes(part);
      element.classList.toggle("out", isOut);
      shown += !isOut && element.tagName === "TR" ? 1 : 0;
    }
    for (const folded of document.querySelectorAll("details[data-filtered]"))
      folded.open = part !== "";
    document.querySelector(".filtered").textContent = part === "" ? "" : `${shown} shown`;
  });
}

// Makes the marks of each drawing speak: the caption beneath it tells the row of its table that a mark stands for. One tab stop a drawing.
for (const plot of document.querySelectorAll(".plot")) {
  const svg = plot.querySelector("svg:not(.scale)");
  const caption = plot.querySelector(".caption");
  const titles = [...plot.querySelectorAll("thead th")].map((title) => title.textContent);
  const rows = plot.querySelectorAll("tbody tr");
  const marks = [...svg.querySelectorAll(".m")];
  const isSlices = plot.dataset.plot === "slices";
  let places = null;
  let current = null;
  let pinned = null;

  function told(index) {
    const cells = [...rows[index].children].map((cell) => cell.textContent);
    if (!isSlices) {
      const [name, pushed, size, fate, why] = cells;
      return [name, `${fate}: ${why}; pushed ${pushed} UTC, ${size}`];
    }
    const parts = [];
    for (let i = 1; i < cells.length; i += 2)
      parts.push(`${titles[i]} ${cells[i]} (${cells[i + 1]} a month)`);
    return [cells[0], parts.join("; ")];
  }

  function show(index) {
    marks[current]?.classList.remove("at");
    current = index;
    marks[index].classList.add("at");
    const [name, text] = told(index);
    const strong = document.createElement("strong");
    const isolated = document.createElement("bdi");
    isolated.textContent = name;
    strong.append(isolated);
    caption.replaceChildren(strong, ` ${text}${pinned === index ? " (pinned)" : ""}`);
  }

  function stop(index) {
    for (const mark of svg.querySelectorAll("[tabindex='0']"))
      mark.setAttribute("tabindex", "-1");
    const mark = marks[index];
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-pressed", String(pinned === index));
    mark.setAttribute("aria-label", told(index).join(" "));
  }

  function pin(index) {
    const former = pinned;
    pinned = former === index ? null : index;
    if (former !== null) {
      marks[former].classList.remove("pinned");
      marks[former].setAttribute("aria-pressed", "false");
    }
    stop(index);
    marks[index].classList.toggle("pinned", pinned === index);
    show(index);
  }

  // The nearest, for a mark is smaller than a finger.
  function nearest(event) {
    places ??= marks.map((mark) => {
      const box = mark.getBoundingClientRect();
      return [box.x + box.width / 2 + scrollX, box.y + box.height / 2 + scrollY];
    });
    let best = 0;
    let least = Infinity;
    places.forEach(([x, y], index) => {
      const across = event.pageX - x;
      const down = isSlices ? 0 : event.pageY - y;
      const distance = across * across + down * down;
      if (distance < least)
        [best, least] = [index, distance];
    });
    return best;
  }

  if (marks.length === 0)
    continue;
  svg.setAttribute("role", "group");
  caption.hidden = false;
  stop(marks.length - 1);

  svg.addEventListener("pointerenter", () => { places = null; });
  svg.addEventListener("pointermove", (event) => {
    if (pinned === null)
      show(nearest(event));
  });
  svg.addEventListener("click", (event) => pin(nearest(event)));
  svg.addEventListener("focusin", (event) => {
    const index = marks.indexOf(event.target);
    if (index >= 0 && pinned === null)
      show(index);
  });
  svg.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    const last = marks.length - 1;
    const to = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
      PageUp: at + 10, PageDown: at - 10, Home: 0, End: last,
    }[event.key];
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey)
      return;
    if (event.key === "Enter" || event.key === " ")
      pin(at);
    else if (event.key === "Escape" && pinned !== null)
      pin(pinned);
    else if (to !== undefined) {
      const next = Math.min(last, Math.max(0, to));
      stop(next);
      marks[next].focus();
      if (pinned !== null)
        show(next);
    } else
      return;
    event.preventDefault();
  });
}
