// Fills in the browser's time zone where the field still holds the server's guess.
const field = document.querySelector("[data-suggest-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && zone && field.value === field.defaultValue && field.value === "UTC") field.value = zone;
