/*
 * A record that was opened to be verified: ?doute=labels-0 keeps the doubt of that entry in view,
 * ?doute= that of the record; ?verifiee gives the day of today as the day of verification.
 */
const ASKED = "Corrigez ce qui le lève, avec une source, puis effacez le doute.";

// The box of the form that tells a doubt: the one asked for, or else any.
const boxOf = (form, entry) => {
  const boxes = [...form.querySelectorAll("textarea, input")]
    .filter((box) => /(^|-)doubt$/.test(box.id) && box.value.trim());
  return boxes.find((box) => box.id === `f-${entry && `${entry}-`}doubt`) || boxes[0];
};

// Shows what the address asks for; returns what to say about it, or an empty text.
export const verifying = (form, query, today) => {
  const entry = query.get("doute");
  if (entry !== null) {
    const box = boxOf(form, entry);
    if (!box) return "Cette fiche ne porte plus de doute : il a été levé depuis.";
    for (let at = box.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
    return `À vérifier : ${box.value.trim().replace(/[^.?!…]$/, "$&.")} ${ASKED}`;
  }
  const date = form.querySelector("#f-verified");
  if (!query.has("verifiee") || !date) return "";
  date.value = today;
  date.dispatchEvent(new Event("input", { bubbles: true }));
  date.scrollIntoView({ block: "center" });
  return "La date de vérification est celle d’aujourd’hui : relisez la fiche et sa source, puis proposez-la.";
};
