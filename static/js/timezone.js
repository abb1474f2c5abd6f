// Fills what the browser knows: its time zone, and whether it shows 12 or 24 hours. The server checks both.
"use strict";
{
  const format = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  const known = { "time-zone": format.timeZone, clock: format.hour12 ? "12" : "24" };
  for (const field of document.querySelectorAll("input[data-guess]")) {
    field.value = known[field.dataset.guess] || "";
  }
}
