// Single keys of the workbench: A approves, G refers, N puts off, R goes to the reason for a no. The page brings
// this file only while the keys are switched on; nothing happens while somebody types or with a modifier held.
(() => {
  const typing = "input,select,textarea,[contenteditable]";
  document.documentElement.classList.add("keys");
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || e.repeat || e.isComposing || e.defaultPrevented) return;
    if (e.target.closest && e.target.closest(typing)) return;
    const key = e.key.toLowerCase();
    const at = "agnr".includes(key) && key.length === 1 && document.querySelector(`[data-key="${key}"]`);
    if (!at) return;
    e.preventDefault();
    at.focus();
    if (key !== "r") at.click();
  });
})();
