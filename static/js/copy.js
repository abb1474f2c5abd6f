// "Copy" buttons: data-copy is the id of the field to copy. Shown only where a script may copy (https and localhost).
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const field = document.getElementById(button.dataset.copy);
  const says = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "It is selected: copy it now"; // the browser did not allow it
    }
    setTimeout(() => {
      button.textContent = says;
    }, 4000);
  });
}
