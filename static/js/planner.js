// The planner works out the plan while numbers are typed. Without a script the button does it.
"use strict";
{
  const form = document.querySelector("[data-planner]");
  const result = document.getElementById("result");
  const WAIT = 350;
  let timer = 0;
  let latest = 0;

  const workOut = async () => {
    const number = (latest += 1);
    const data = new FormData(form);
    data.set("do", "work");
    let answer;
    try {
      answer = await fetch(form.action || location.href, { method: "POST", body: data, credentials: "same-origin" });
    } catch {
      return; // no connection: what is typed stays, and the button says so when it is pressed
    }
    // Only the latest question counts, and only an answer that is this page (200, or 422 while numbers are missing).
    if (number !== latest || ![200, 422].includes(answer.status) || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("result");
    if (number !== latest || !fresh) return;
    const seen = result.querySelector("[name=see]:checked")?.value;
    result.replaceChildren(...fresh.childNodes);
    const again = seen && result.querySelector(`[name=see][value="${seen}"]`);
    if (again) again.checked = true;
    document.querySelector("[data-save]").replaceWith(page.querySelector("[data-save]"));
    markWrong(page);
    // What stood above the form about mistakes that are mended by now.
    if (answer.status === 200) document.getElementById("needs-a-look")?.remove();
  };

  // The sentence beside each field that needs a look, as the page would have shown it; the fields themselves stay.
  const markWrong = (page) => {
    for (const field of form.querySelectorAll(".field")) {
      const fresh = page.getElementById(field.id);
      if (!fresh) continue;
      const wrong = fresh.classList.contains("field-wrong") && hasValue(field);
      field.classList.toggle("field-wrong", wrong);
      field.querySelector(`[id$="_error"]`)?.remove();
      const control = field.querySelector("input, select, textarea");
      if (wrong) {
        field.append(fresh.querySelector(`[id$="_error"]`));
        control?.setAttribute("aria-invalid", "true");
      } else {
        control?.removeAttribute("aria-invalid");
      }
    }
  };

  // A field that nobody has come to yet is not wrong.
  const hasValue = (field) => Array.from(field.querySelectorAll("input, select, textarea")).some((one) => one.value);

  // A second plan begins with the days of the first, as long as none of its own are written.
  const likeFirst = () => {
    for (const name of ["every", "start"]) {
      const [first, second] = [form.elements[`a-${name}`], form.elements[`b-${name}`]];
      if (form.elements["b-method"].value && second && !second.value) second.value = first.value;
    }
  };

  // The Back button: the browser keeps no field that is not to be offered to others, so the page's own entry in the
  // history does. It goes with the tab. A page that was answered with mistakes holds what was typed already.
  const keep = () => {
    const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    history.replaceState({ typed }, "");
  };

  const putBack = () => {
    const typed = history.state?.typed;
    if (!typed || performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
    for (const field of form.elements) {
      const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length && field.type !== "hidden") field.value = values[0];
    }
    workOut();
  };

  const soon = (event) => {
    if (event.target.name === "show" || event.target.name === "see") return;
    if (event.target.name === "b-method") likeFirst();
    keep();
    clearTimeout(timer);
    timer = setTimeout(workOut, WAIT);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  putBack();
}
