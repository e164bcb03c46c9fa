// The switch that turns single keys off, for who speaks to the machine or slips (WCAG 2.1.4).
//
// `offerSwitch()` puts it into #keys-switch and returns a function that says whether it is on. It
// holds for every page of this browser that has single keys.

const SWITCH = "waymark:keys";

export function offerSwitch() {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = read() !== "off";
  box.addEventListener("change", () => write(box.checked ? "on" : "off"));
  const label = document.createElement("label");
  label.append(box, " Use single keys");
  document.getElementById("keys-switch")?.append(label);
  return () => box.checked;
}

function read() {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    localStorage.setItem(SWITCH, value);
  } catch {
    // It then holds for this page only.
  }
}
