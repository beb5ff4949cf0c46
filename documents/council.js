(() => {
  const slides = [...document.querySelectorAll("section")];
  const SECONDS = 15;
  let now = 0;
  let timer = 0;
  const show = (place) => {
    now = Math.max(0, Math.min(slides.length - 1, place));
    slides.forEach((slide, at) => slide.classList.toggle("now", at === now));
  };
  const play = () => {
    if (timer) {
      clearInterval(timer);
      timer = 0;
    } else {
      timer = setInterval(() => show((now + 1) % slides.length), SECONDS * 1000);
    }
  };
  const keys = {
    ArrowRight: () => show(now + 1), ArrowDown: () => show(now + 1), PageDown: () => show(now + 1),
    " ": () => show(now + 1), ArrowLeft: () => show(now - 1), ArrowUp: () => show(now - 1),
    PageUp: () => show(now - 1), Home: () => show(0), End: () => show(slides.length - 1),
    p: play, P: play,
  };
  // A phone scrolls through the slides; a screen in front of people shows one at a time.
  if (matchMedia("(min-width: 700px)").matches) {
    document.body.classList.add("shows");
    show(0);
    addEventListener("keydown", (event) => {
      if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    addEventListener("click", (event) => show(now + (event.clientX < innerWidth / 3 ? -1 : 1)));
  }
})();
