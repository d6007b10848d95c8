/** What takes letters. */
const FIELDS = 'textarea, select, [contenteditable], input:not([type="checkbox"])';
/** What has keys of its own. */
const WIDGETS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="tablist"]';

/** Whether a key pressed there is meant for what has the focus: somebody types, or is in a menu or a dialog. */
export function isKeyTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`${FIELDS}, ${WIDGETS}`) !== null;
}
