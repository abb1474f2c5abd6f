// A button in each password field shows what was typed, and hides it again before the form is sent. A form with a
// password is sent once, however often the button is pressed: a recovery code would be used up by the first time.
"use strict";
const sent = new WeakSet();
for (const field of document.querySelectorAll('input[type="password"]')) {
  const box = document.createElement("span");
  const button = document.createElement("button");
  const show = (visible) => {
    field.type = visible ? "text" : "password";
    button.textContent = visible ? "Hide" : "Show";
    button.setAttribute("aria-label", visible ? "Hide password" : "Show password");
  };
  box.className = "password-box";
  button.type = "button";
  button.className = "btn btn-quiet btn-small";
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  show(false);
  field.replaceWith(box);
  box.append(field, button);
}
for (const form of document.querySelectorAll("form:has(.password-box)")) {
  form.addEventListener("submit", (event) => {
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
  });
  window.addEventListener("pageshow", () => sent.delete(form));
}
