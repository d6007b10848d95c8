/** Gives the focus to the page's content before a control that has it goes away; nothing moves on the screen. */
export function focusMain(): void {
  document.querySelector('main')?.focus({ preventScroll: true });
}
