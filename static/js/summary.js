// What is handed over is what the page shows. Where choices beside it were changed and not shown, that is said first.
"use strict";

(() => {
  const chosen = document.getElementById("chosen");
  const ways = document.querySelector(".summary-ways");
  const unshown = document.querySelector("[data-unshown]");
  if (!chosen || !ways || !unshown) return;

  const changed = () => [...chosen.elements].some((one) => "checked" in one && one.checked !== one.defaultChecked);

  ways.addEventListener("click", (event) => {
    if (!event.target.closest("a, button") || !changed()) return;
    event.preventDefault();
    event.stopPropagation(); // before print.js hears of it
    unshown.hidden = false;
    unshown.querySelector("button").focus();
  }, true);
  chosen.addEventListener("reset", () => (unshown.hidden = true));
})();
