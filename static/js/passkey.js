// A passkey that was not given is no accident: say what happened, and leave the other ways open.
"use strict";
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-problem]");
  if (!place) return;
  event.preventDefault();
  place.textContent = "The passkey was not used: the device said no, or it took too long. You can try again.";
  place.hidden = false;
});
