// The print button: shown only where a script can press it. In a form, what is printed is also kept: that is sent
// beside the printing, and a connection that is not there keeps nobody from it. A page that would be another one by
// now is printed as it is open, and not kept.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", (event) => {
    const form = button.form;
    if (form && button.name) {
      event.preventDefault();
      const body = new FormData(form);
      body.set(button.name, button.value);
      fetch(form.action, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        redirect: "manual",
      }).catch(() => {});
    }
    window.print();
  });
}
