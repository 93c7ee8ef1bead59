// Takes a picture away as PNG: the SVG that the server makes, painted at twice its size.

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
