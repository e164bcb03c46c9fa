// The wall: shows what the room is at, by itself.

import { startClocks } from "./clock.js";
import { keepScreen } from "./screens.js";

const root = document.getElementById("wall");

keepScreen(root, (element) => document.getElementById("screen").replaceWith(element));
startClocks();

// The keyboard's way to the whole screen, where the browser allows it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
});
