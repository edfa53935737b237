// Alt + arrow up or down on an item of a list presses the item's own "up" or "down" button,
// and puts the focus back on the item that moved. Without this file the buttons do the same work.

const moves = { ArrowUp: "up", ArrowDown: "down" };
let moved = null;

document.addEventListener("keydown", (event) => {
  const move = event.altKey ? moves[event.key] : undefined;
  const item = move && event.target.closest("[data-reorder] > [id]");
  if (!item || event.target.matches("textarea, select")) return;
  event.preventDefault();
  item.querySelector(`[data-move="${move}"]`)?.click();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reorder] [data-move]");
  if (button) moved = { id: button.closest("[id]").id, move: button.dataset.move };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!moved) return;
  const item = document.getElementById(moved.id);
  const button = item?.querySelector(`[data-move="${moved.move}"]:not([disabled])`) ?? item?.querySelector("[data-move]:not([disabled])");
  moved = null;
  button?.focus();
});
