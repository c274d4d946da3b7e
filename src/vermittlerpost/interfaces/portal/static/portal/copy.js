// Buttons that copy what stands beside them. Without a clipboard they stay hidden, and one marks and copies by hand.
"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  const words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    words.textContent = button.dataset.done;
    window.setTimeout(() => (words.textContent = before), 2000);
  });
}
