// Signing out and deleting the account clear this device. The journal asks the browser to (Clear-Site-Data); for those
// that do not know that word it is done here, on the first page after it. What was not sent is said before.
"use strict";

(() => {
  const { account, word } = device;

  // The first page after leaving: nobody is signed in. Somebody who still is (a wrong password) has not left.
  if (device.carry("leaving", "") && !account) device.forget();

  const drafts = () => device.all("draft.").filter(([key]) => key.startsWith(`draft.${account}.`));
  const unsent = () => queue.all().length + drafts().length;

  for (const form of document.querySelectorAll("form[data-leave]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.leave === "ask" && unsent()) {
        event.preventDefault();
        location.assign(form.action);
      } else device.carry("leaving", "yes");
    });
  }

  const place = document.getElementById("unsent");
  if (!place) return;

  function line(text) {
    const made = document.createElement("p");
    made.textContent = text;
    return made;
  }

  function draw() {
    const waiting = queue.all().length;
    const begun = drafts();
    const lines = [];
    if (waiting) {
      const them = waiting === 1 ? "1 entry is not sent yet. Signing out takes it" : `${waiting} entries are not sent yet. Signing out takes them`;
      lines.push(line(`${them} off this ${word}.`));
    }
    for (const [, draft] of begun) {
      const made = line(`${draft.label || "A page"} is begun and not saved. Signing out takes it off this ${word}. `);
      const link = document.createElement("a");
      link.href = draft.path;
      link.textContent = "Open it";
      made.append(link);
      lines.push(made);
    }
    if (queue.mine().some((item) => !item.refused)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-second btn-small";
      button.textContent = "Send now";
      button.addEventListener("click", () => document.dispatchEvent(new CustomEvent("send")));
      lines.push(button);
    }
    const box = document.createElement("div");
    box.className = "stack";
    box.append(...lines);
    place.hidden = !lines.length;
    place.replaceChildren(box);
  }

  document.addEventListener("queue", draw);
  addEventListener("storage", draw);
  draw();
})();
