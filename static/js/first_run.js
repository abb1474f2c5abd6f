// The kind of medicine is asked only for a name that the list does not know.
"use strict";
{
  const name = document.getElementById("id_name");
  const kind = document.getElementById("div_id_drug_class");
  const known = new Set(Array.from(document.querySelectorAll("#drug-names option"), (o) => o.value.toLowerCase()));
  const look = () => {
    const text = name.value.trim().toLowerCase();
    const first = text.split(/\s+/)[0];
    kind.hidden = !text || known.has(text) || known.has(first);
  };
  if (name && kind && !kind.classList.contains("field-wrong")) {
    name.addEventListener("input", look);
    look();
  }
}
