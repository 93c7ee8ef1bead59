// Fetches what large profiles come without, their years and places, when that comes into view. Where it cannot be
// fetched, the link to it stays.

const later = document.querySelector(".later");

async function show() {
  const page = await fetch(later.href).then((response) => (response.ok ? response.text() : ""), () => "");
  const fetched = new DOMParser().parseFromString(page, "text/html");
  const focused = document.activeElement === later;
  // The button that saves the picture works already.
  const taken = document.querySelector(".taken");
  for (const part of [...fetched.querySelectorAll(".part")]) {
    part.querySelector(".taken")?.replaceWith(taken);
    document.querySelector(`.part#${part.id}`)?.replaceWith(part);
  }
  document.querySelector(".awaited")?.classList.remove("awaited");
  if (focused) document.getElementById("years").focus({ preventScroll: true });
}

if (later) {
  const watch = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    watch.disconnect();
    show();
  }, { rootMargin: "400px" });
  watch.observe(later);
}
