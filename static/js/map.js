// Moves a map and goes closer without leaving the page. The server draws every view: what is moved by hand is shown
// at once, larger or elsewhere, and then drawn anew by the page of that view, whose address stays in the history.

const WIDE = 720, HIGH = 405, HEIGHT = 0.5625, CLOSEST = 60, WAIT = 350;
// As pictures/world.py has them: the middle of the map, its northern edge, and what latitudes are stretched by.
const MIDDLE = 11, NORTH = Math.tan((42 * Math.PI) / 180), STRETCH = (1 + Math.SQRT2) / (2 * Math.PI);

const box = document.querySelector(".map-box");
if (box) start();

function start() {
  let view, drawn, timer, asked, shown;
  const held = new Map();
  begin();
  document.querySelector(".map-hint").hidden = false;
  box.classList.add("is-live");

  // What the server has drawn.
  function begin() {
    const [x, y, scale] = box.dataset.view.split(" ").map(Number);
    view = drawn = { x, y, scale };
    shown = location.pathname + location.search;
  }

  function around(x, y, scale) {
    scale = Math.min(Math.max(scale, 1), CLOSEST);
    const bound = (value, most) => Math.min(Math.max(value, 0), most);
    return { x: bound(x - 0.5 / scale, 1 - 1 / scale), y: bound(y - HEIGHT / scale / 2, HEIGHT - HEIGHT / scale), scale };
  }

  // Shows another view of what is drawn, and has it drawn once it stands still. What was asked for before is not waited
  // for: it would take the map out of the reader's hand.
  function show(next) {
    view = next;
    asked?.abort();
    box.removeAttribute("aria-busy");
    const unit = WIDE * drawn.scale, grown = drawn.scale / view.scale;
    frame((view.x - drawn.x) * unit, (view.y - drawn.y) * unit, grown);
    clearTimeout(timer);
    if (!held.size) timer = setTimeout(() => draw(address()), WAIT);
  }

  function frame(x, y, grown) {
    box.querySelector("svg").setAttribute("viewBox", [x, y, WIDE * grown, HIGH * grown].join(" "));
  }

  function move(dx, dy) {
    const width = 1 / view.scale;
    show(around(view.x + width * (0.5 + dx), view.y + HEIGHT / view.scale / 2 + width * dy, view.scale));
  }

  // Closer, so that the point under the pointer (from 0 to 1 each way) stays there.
  function zoom(times, across = 0.5, down = 0.5) {
    const scale = Math.min(Math.max(view.scale * times, 1), CLOSEST), less = 1 / view.scale - 1 / scale;
    const x = view.x + less * across, y = view.y + less * HEIGHT * down;
    show(around(x + 0.5 / scale, y + HEIGHT / scale / 2, scale));
  }

  function address() {
    if (view.scale <= 1.01) return new URL(box.dataset.world, location).href;
    const to = new URL(location), longitude = (x) => ((((x * 360 + MIDDLE) % 360) + 360) % 360) - 180;
    const latitude = (y) => (360 / Math.PI) * Math.atan(NORTH - y / STRETCH);
    const right = view.x + 1 / view.scale, bottom = view.y + HEIGHT / view.scale;
    const area = [longitude(view.x), latitude(bottom), longitude(right), latitude(view.y)];
    to.searchParams.set("area", area.map((one) => one.toFixed(3)).join(","));
    return to.href.replaceAll("%2C", ",");
  }

  // Takes over what the page of another view has drawn; where that cannot be had, the map stays as it was and says so.
  async function draw(to, remember = true) {
    clearTimeout(timer);
    asked?.abort();
    asked = new AbortController();
    box.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(to, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.querySelector(".map-box");
      if (!response.ok) throw new Error(response.statusText);
      if (!next) return void location.assign(to);
      take(page, next);
      if (remember) history.pushState(null, "", to);
      begin();
    } catch (error) {
      if (error.name === "AbortError") return;
      view = drawn;
      frame(0, 0, 1);
      document.querySelector('[data-part="said"]').textContent = box.dataset.failed;
    }
    box.removeAttribute("aria-busy");
  }

  function take(page, next) {
    const focused = document.activeElement, called = focused?.textContent;
    const inside = focused?.closest("[data-part]");
    for (const part of page.querySelectorAll("[data-part]")) {
      const own = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (own === box) own.replaceChildren(...next.childNodes);
      else if (part.dataset.part === "said") own.textContent = part.textContent.trim();
      else own?.replaceWith(document.importNode(part, true));
    }
    box.dataset.view = next.dataset.view;
    document.querySelector(".taken a").href = page.querySelector(".taken a").getAttribute("href");
    document.querySelector(".taken button").dataset.svg = page.querySelector(".taken button").dataset.svg;
    if (!inside || focused.isConnected) return;
    // Who was at a link that is no more goes on at the same way, or at the map.
    const ways = inside.dataset.part === "ways" ? [...document.querySelectorAll(".map-parts a")] : [];
    (ways.find((way) => way.textContent === called) ?? box).focus({ preventScroll: true });
  }

  // SVG paints what comes later over what has the focus: a ring around that lies on all.
  box.addEventListener("focusin", ({ target }) => {
    box.querySelector(".focus-ring")?.remove();
    const link = target.closest("a:focus-visible");
    if (!link) return;
    const ring = document.createElementNS("http://www.w3.org/2000/svg", "g");
    ring.setAttribute("class", "focus-ring");
    ring.setAttribute("aria-hidden", "true");
    ring.setAttribute("transform", link.parentNode.getAttribute("transform") ?? "");
    ring.append(...[...link.cloneNode(true).children].filter((one) => !one.matches("title, text")));
    link.closest(".picture > svg").append(ring);
  });
  box.addEventListener("focusout", () => box.querySelector(".focus-ring")?.remove());

  // Links that lead to another view of the map.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".map-parts a, .map-box a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.getAttribute("href"), location);
    if (to.pathname !== location.pathname) return;
    event.preventDefault();
    draw(to.href);
  });
  // A link to a part of this page, as the one that skips the map, is such an event too.
  addEventListener("popstate", () => location.pathname + location.search !== shown && draw(location.href, false));

  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = box.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), (event.clientX - at.x) / at.width, (event.clientY - at.y) / at.height);
  }, { passive: false });

  const keys = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key] && view.scale > 1) move(...keys[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(2);
    else if (event.key === "-" && view.scale > 1) zoom(0.5);
    else return;
    event.preventDefault();
  });

  // One finger or the mouse moves the map, two go closer. What is dragged is not followed.
  let dragged = 0;
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held.set(event.pointerId, event);
    dragged = held.size > 1 ? 99 : 0;
  });
  addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const at = box.getBoundingClientRect(), [other] = [...held.values()].filter((one) => one.pointerId !== event.pointerId);
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    dragged += Math.abs(dx) + Math.abs(dy);
    if (dragged < 5) return;
    held.set(event.pointerId, event);
    box.classList.add("is-moved");
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(apart(event) / apart(before), (other.clientX - at.x) / at.width, (other.clientY - at.y) / at.height);
    } else move(-dx / at.width, -dy / at.width);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => {
      if (!held.delete(event.pointerId) || held.size) return;
      box.classList.remove("is-moved");
      if (view !== drawn) show(view);
    });
  }
  box.addEventListener("click", (event) => {
    if (dragged >= 5) event.preventDefault();
  }, true);
  box.addEventListener("dragstart", (event) => event.preventDefault());
}
