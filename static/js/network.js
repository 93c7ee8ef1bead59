// Lets one explore a network: find, drag, zoom, leave weak ties out, single one out with those it is tied to.
//
// The page has the server's picture. Cytoscape, which is large, comes only when a reader turns to it: points at it with a
// mouse, uses a control, or taps or opens a disc. Then it draws the same discs in the same places.
// Names, numbers and addresses are read from the page's tables, in whose order the discs and lines are.

class Network {
  constructor(root) {
    this.root = root;
    this.drawn = JSON.parse(document.getElementById("network").textContent);
    this.nodes = [...document.querySelectorAll(".network-nodes tbody tr")];
    this.ties = [...document.querySelectorAll(".network-ties tbody tr")];
    this.names = this.nodes.map((row) => row.cells[0].textContent);
    for (const [key, name] of Object.entries({ tools: "tools", buttons: "zoom", status: "status", figure: "figure", canvas: "canvas", panel: "panel" }))
      this[key] = root.querySelector(`.network-${name}`);
    this.picture = this.figure.querySelector("svg");
    // The greatest, which comes first everywhere else, is the last drawn.
    this.discs = [...this.picture.querySelectorAll(".disc")].reverse();
    this.find = root.querySelector("#network-find");
    this.least = root.querySelector(".network-least select");
    this.small = matchMedia("(max-width: 575px)");
    this.tools.hidden = this.buttons.hidden = false;
    this.root.querySelector("datalist").append(...this.names.map((name) => new Option(name, name)));
    this.listen();
  }

  listen() {
    for (const one of [this.tools, this.buttons]) one.addEventListener("pointerenter", () => this.turn());
    this.figure.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.turn());
    this.picture.addEventListener("click", (event) => this.opened(event));
    // What is pressed stays until it is let go, or the click would be lost.
    this.picture.addEventListener("pointerdown", () => {
      this.pressed = new Promise((done) => ["pointerup", "pointercancel"].forEach((end) => addEventListener(end, () => setTimeout(done), { once: true })));
    });
    this.picture.addEventListener("focusin", ({ target }) => this.reach(target, true));
    this.picture.addEventListener("focusout", ({ target }) => this.reach(target, false));
    // A name may be the beginning of another, so who types stays in the box.
    this.find.addEventListener("input", () => this.names.includes(this.find.value) && this.search(false));
    this.find.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.search(true)));
    this.least?.addEventListener("change", () => this.turn(() => this.thin()));
    for (const button of this.buttons.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => this.turn(() => this.zoom(Number(button.dataset.zoom))));
    this.buttons.querySelector("[data-reset]").addEventListener("click", () => this.turn(() => this.reset()));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.cy && this.choose(null));
  }

  // A disc of the server's picture is a link; here it singles out, and leads on only where that cannot be.
  async opened(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a"), disc = link?.querySelector(".disc");
    if (link) event.preventDefault();
    try {
      await this.load();
      if (disc) this.choose(this.discs.indexOf(disc), event.detail === 0);
    } catch {
      if (link) location.href = link.getAttribute("href");
    }
  }

  // Does what was asked for once that can be; where it cannot, the page has said so.
  turn(act) {
    return this.load().then(() => act?.(), () => {});
  }

  // Fetches Cytoscape, once; what failed is tried again the next time.
  load() {
    return (this.loaded ??= this.fetch().then(() => this.pressed).then(() => this.start()).catch((error) => {
      this.cy?.destroy();
      this.loaded = this.cy = null;
      this.canvas.hidden = true;
      this.picture.classList.remove("behind");
      this.status.textContent = this.status.dataset.failed;
      throw error;
    }));
  }

  fetch() {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = this.root.dataset.script;
      script.onload = done;
      script.onerror = () => failed(new Error(script.src));
      document.head.append(script);
    });
  }

  start() {
    this.canvas.hidden = false;
    this.picture.classList.add("behind");
    if (this.status.textContent === this.status.dataset.failed) this.status.textContent = "";
    const many = this.drawn.ties.length > 600;
    this.cy = cytoscape({
      container: this.canvas,
      elements: this.elements(),
      layout: { name: "preset", fit: false },
      autounselectify: true,
      boxSelectionEnabled: false,
      minZoom: 0.1,
      maxZoom: 12,
      // With very many, lines wait until the picture rests.
      hideEdgesOnViewport: many,
      ...(many && { pixelRatio: 1 }),
    });
    this.fit();
    this.paint();
    this.cy.on("tap", (event) => this.choose(event.target === this.cy || event.target.isEdge() ? null : event.target.data("at")));
    this.cy.on("mouseover mouseout", "node", (event) => event.target.toggleClass("pointed", event.type === "mouseover"));
    this.cy.on("zoom", () => this.name());
    this.cy.on("dragpan scrollzoom pinchzoom", () => (this.moved = true));
    this.heed();
    this.reach(document.activeElement, true);
  }

  // The keyboard goes through the links of the server's picture, which cannot be seen behind this one.
  reach(link, is) {
    const at = this.discs.findIndex((disc) => disc.parentNode === link);
    if (!this.cy || at < 0) return;
    const node = this.cy.$id(`n${at}`).toggleClass("reached", is);
    if (is) this.show(node);
  }

  // What changes around it. The wheel scrolls the page until the picture has been pressed; the figure hears of it before
  // Cytoscape does.
  heed() {
    let pressed = false;
    this.canvas.addEventListener("pointerdown", () => (pressed = true), true);
    this.canvas.addEventListener("pointerleave", () => (pressed = false));
    const wheel = (event) => this.cy.userZoomingEnabled(pressed || event.ctrlKey || event.metaKey);
    this.figure.addEventListener("wheel", wheel, { capture: true, passive: true });
    this.figure.addEventListener("touchstart", () => this.cy.userZoomingEnabled(true), { capture: true, passive: true });
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      matchMedia(query).addEventListener("change", () => this.paint());
    new ResizeObserver(() => (this.cy.resize(), this.fit())).observe(this.figure);
  }

  elements() {
    const { nodes, ties, pens, longest, unheld } = this.drawn, hollow = new Set(unheld);
    const shortened = (name) => ([...name].length > longest ? `${[...name].slice(0, longest - 1).join("").trimEnd()}…` : name);
    // The greatest come last, and lie on the others.
    const discs = nodes.map(([x, y, radius, side, first], at) => ({
      data: { id: `n${at}`, at, name: shortened(this.names[at]), size: 2 * radius, side: side ?? "top", first: first ?? -1 },
      classes: hollow.has(at) ? "unheld" : "",
      position: { x, y },
    }));
    const lines = ties.map(([one, other, n, shade, unheld], at) => {
      const [width, opacity] = unheld ? [Math.max(pens[shade][0], 1.2), 1] : pens[shade];
      return { classes: unheld ? "unheld" : "", data: { id: `t${at}`, at, source: `n${one}`, target: `n${other}`, n, width, opacity } };
    });
    return [...discs.reverse(), ...lines];
  }

  // As large as the server's picture, and where it is; beside the panel while that is open.
  fit() {
    const { clientWidth, clientHeight } = this.canvas;
    const room = this.panel.hidden || this.small.matches ? 0 : this.panel.offsetWidth + 8, free = 1 - room / clientWidth;
    this.whole = clientWidth / this.drawn.width;
    this.cy.viewport({ zoom: this.whole * free, pan: { x: 0, y: (clientHeight * (1 - free)) / 2 } });
    this.moved = false;
    this.name();
  }

  // In the colours of the page, which are those of light or dark, or of the reader's own.
  paint() {
    const probe = this.canvas.appendChild(document.createElement("span")), { fontFamily } = getComputedStyle(this.canvas);
    const colour = (name) => ((probe.style.color = `var(${name})`), getComputedStyle(probe).color);
    const [ink, paper, held, planned, focus] = ["--ink", "--paper", "--held", "--planned", "--focus"].map(colour);
    probe.remove();
    const outline = { color: ink, "text-outline-color": paper };
    const sides = [["right", "right", "center", 3, 0], ["left", "left", "center", -3, 0], ["top", "center", "top", 0, -2], ["bottom", "center", "bottom", 0, 2]];
    this.cy.style([
      { selector: "node", style: { width: "data(size)", height: "data(size)", "background-color": held, "border-width": 1, "border-color": paper, "text-events": "yes" } },
      { selector: "node.named, node.near, node.pointed, node.reached", style: { label: "data(name)", "font-family": fontFamily, "text-outline-width": 2, ...outline } },
      ...sides.map(([side, across, along, x, y]) => ({
        selector: `node[side = "${side}"]`,
        style: { "text-halign": across, "text-valign": along, "text-margin-x": x, "text-margin-y": y },
      })),
      { selector: "edge", style: { "curve-style": "haystack", "haystack-radius": 0, width: "data(width)", opacity: "data(opacity)", "line-color": held, events: "no" } },
      // Lines of a haystack cannot be dashed.
      { selector: "edge.unheld", style: { "curve-style": "straight", "line-style": "dashed", "line-dash-pattern": [4, 3], "line-color": planned } },
      { selector: "node.unheld", style: { "background-color": paper, "border-color": planned, "border-style": "dashed" } },
      { selector: "edge.near", style: { opacity: 0.9, "font-family": fontFamily, "text-outline-width": 2, ...outline } },
      { selector: "edge.told", style: { label: "data(n)" } },
      { selector: "node.faded", style: { opacity: 0.15 } },
      { selector: "edge.faded", style: { opacity: 0.04 } },
      { selector: ".chosen, .reached", style: { "border-width": 3, "border-color": focus, "border-position": "outside" } },
      { selector: ".pointed", style: { "border-color": ink, "z-index": 10 } },
      { selector: ".reached", style: { "z-index": 10, opacity: 1 } },
      { selector: ".gone", style: { display: "none" } },
    ]);
    this.name();
  }

  // Type keeps its size on the screen, and whoever comes near is named. After zooming, not in its midst.
  name() {
    clearTimeout(this.naming);
    this.naming = setTimeout(() => {
      const zoom = this.cy.zoom(), near = zoom > 2.2 * this.whole, small = this.small.matches;
      this.cy.batch(() => {
        this.cy.nodes().forEach((node) => node.toggleClass("named", near || node.data("first") >= (small ? 1 : 0)));
        this.cy.nodes().union(this.cy.edges(".told")).style("font-size", (small ? 12 : 12 * this.whole) / zoom);
      });
    }, 80);
  }

  zoom(factor) {
    const { clientWidth: x, clientHeight: y } = this.canvas;
    this.moved = true;
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: x / 2, y: y / 2 } });
  }

  // Leaves weak ties out, and whoever has none then.
  thin() {
    const least = Number(this.least?.value ?? 1);
    this.cy.batch(() => {
      this.cy.edges().forEach((tie) => tie.toggleClass("gone", tie.data("n") < least));
      this.cy.nodes().forEach((node) => node.toggleClass("gone", node.connectedEdges().every((tie) => tie.hasClass("gone"))));
    });
    this.discs.forEach((disc, at) => disc.closest("a")?.setAttribute("tabindex", this.cy.$id(`n${at}`).hasClass("gone") ? -1 : 0));
    const left = this.drawn.ties.filter(([_one, _other, n]) => n >= least).length;
    this.status.textContent = this.status.dataset.left.replace("%", left.toLocaleString(document.documentElement.lang));
    if (this.chosen != null) this.choose(this.cy.$id(`n${this.chosen}`).hasClass("gone") ? null : this.chosen);
  }

  reset() {
    if (this.least) this.least.selectedIndex = 0;
    this.find.value = "";
    this.choose(null);
    this.thin();
    this.status.textContent = "";
    this.cy.batch(() => this.drawn.nodes.forEach(([x, y], at) => this.cy.$id(`n${at}`).position({ x, y })));
    this.fit();
  }

  // ``focus``: leads the keyboard to what is told of the one found.
  search(focus) {
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
    const wanted = fold(this.find.value), names = this.names.map(fold);
    if (!wanted) return;
    const fits = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)];
    const at = fits.map((fit) => names.findIndex(fit)).find((found) => found >= 0);
    this.status.textContent = at === undefined ? this.find.dataset.missing : "";
    if (at === undefined) return;
    this.turn(() => {
      if (this.cy.$id(`n${at}`).hasClass("gone")) {
        this.least.selectedIndex = 0;
        this.thin();
      }
      this.choose(at, focus);
      this.show(this.cy.$id(`n${at}`));
    });
  }

  // Brings a disc into sight that is out of it.
  show(node) {
    const { x, y } = node.renderedPosition(), { clientWidth, clientHeight } = this.canvas;
    if (x > 0 && y > 0 && x < clientWidth && y < clientHeight) return;
    this.moved = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.cy.animate({ center: { eles: node }, duration: still ? 0 : 250 });
  }

  // Singles one out (none for null) with those it is tied to, and tells of it; ``focus``: leads the keyboard there.
  choose(at, focus = false) {
    this.chosen = at;
    this.cy.batch(() => {
      this.cy.elements().removeClass("faded near told chosen");
      if (at === null) return;
      const node = this.cy.$id(`n${at}`), ties = node.connectedEdges().not(".gone"), near = ties.connectedNodes().union(node);
      this.cy.elements().not(near).not(ties).addClass("faded");
      ties.addClass("near");
      if (ties.length <= 20) ties.addClass("told");
      if (near.length <= 40) near.addClass("near");
      node.addClass("near chosen");
    });
    this.panel.hidden = at === null;
    // The picture makes room for it, unless a reader has moved it: then it stands not on the one that it tells of.
    const right = at !== null && this.cy.$id(`n${at}`).renderedPosition().x > this.canvas.clientWidth / 2;
    this.panel.classList.toggle("left", this.moved && right);
    if (!this.moved) this.fit();
    if (at === null) return;
    this.name();
    this.tell(at);
    if (focus) this.panel.focus();
  }

  tell(at) {
    const told = document.getElementById("network-chosen").content.cloneNode(true), row = this.nodes[at];
    const [name, list] = ["h3", "ol"].map((tag) => document.createElement(tag));
    name.append(row.cells[0].firstElementChild.cloneNode(true));
    told.querySelector("[data-meetings]").append(...row.cells[1].cloneNode(true).childNodes);
    const least = Number(this.least?.value ?? 1);
    const own = this.drawn.ties.flatMap(([one, other, n], tie) =>
      n >= least && (one === at || other === at) ? [[one === at ? other : one, tie]] : [],
    );
    told.querySelector("[data-ties]").textContent = own.length;
    list.append(...own.map(([other, tie]) => this.line(other, tie)));
    told.querySelector(".close").addEventListener("click", () => (this.choose(null), this.find.focus()));
    this.panel.replaceChildren(name, told, list);
  }

  line(other, tie) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.append(this.nodes[other].querySelector("bdi").cloneNode(true));
    button.addEventListener("click", () => (this.choose(other, true), this.show(this.cy.$id(`n${other}`))));
    item.append(button, ...this.ties[tie].cells[2].cloneNode(true).childNodes);
    return item;
  }
}

for (const root of document.querySelectorAll(".network")) new Network(root);
