// The print button is for those who have script; everybody has the browser's own.
for (const b of document.querySelectorAll("[data-print]")) {
	b.hidden = false
	b.addEventListener("click", () => print())
}
