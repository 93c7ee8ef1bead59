// Shows wide pictures from their newest end, keeps the names in them in sight, and takes a picture away as PNG: the SVG that the server makes, painted at twice its size.

for (const box of document.querySelectorAll(".png")) {
  const button = box.querySelector("button"), status = box.querySelector("[role=status]");
  box.hidden = false;
  button.addEventListener("click", async () => {
    // Not disabled, which would take the focus away.
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    status.textContent = "…";
    try {
      await save(button.dataset.svg);
      status.textContent = "";
    } catch {
      status.textContent = button.dataset.failed;
    }
    button.ariaDisabled = "false";
  });
}

// What is wider than its box begins at its newest end. (Where text runs from right to left, boxes begin there anyway.)
for (const box of document.querySelectorAll("[data-newest]")) box.scrollLeft = box.scrollWidth;
document.querySelectorAll(".picture-box").forEach(keepNames);

// Names that stay are moved to the nearest edge that is seen; those of what is not to be seen itself say on which side it is.
function keepNames(box) {
  const names = [...box.querySelectorAll(".stays")].map((name) => ({ name, said: name.textContent, ...measured(name) }));
  if (!names.length) return;
  const drawn = names[0].name.ownerSVGElement;
  const place = () => {
    const seen = box.getBoundingClientRect(), whole = drawn.getBoundingClientRect();
    const scale = drawn.viewBox.baseVal.width / whole.width;
    // Beside the shades that say that there is more.
    const left = (seen.left - whole.left + (seen.left > whole.left + 1 ? 16 : 0)) * scale;
    const right = (seen.right - whole.left - (seen.right < whole.right - 1 ? 16 : 0)) * scale;
    for (const { name, said, start, end, first, last } of names) {
      name.textContent = last < left ? `‹ ${said}` : first > right ? `${said} ›` : said;
      const shift = Math.max(left - start, Math.min(0, right - end));
      if (shift) name.setAttribute("transform", `translate(${shift} 0)`);
      else name.removeAttribute("transform");
    }
  };
  const putBack = () => {
    for (const { name, said } of names) {
      name.textContent = said;
      name.removeAttribute("transform");
    }
  };
  box.addEventListener("scroll", place, { passive: true });
  new ResizeObserver(place).observe(box);
  addEventListener("beforeprint", putBack);
  addEventListener("afterprint", place);
}

// Where a name stands, and where what it names begins and ends.
function measured(name) {
  const { x, width } = name.getBBox();
  const [first, last] = name.dataset.spans?.split(" ").map(Number) ?? [-Infinity, Infinity];
  return { start: x, end: x + width, first, last };
}

async function save(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await response.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  // Browsers paint nothing on a canvas of more pixels than these.
  const scale = Math.min(2, 16000 / Math.max(image.width, image.height), Math.sqrt(1.6e8 / (image.width * image.height)));
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done, failed) => canvas.toBlob((made) => (made ? done(made) : failed(new Error()))));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  // The name that the server gives the SVG.
  link.download = response.headers.get("Content-Disposition").match(/filename="(.+)\.svg"/)[1] + ".png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
