/** Any number that no other advisory lock of ours uses: accounts are made, and the last administrator looked for, one at a time. */
export const ACCOUNT_LOCK = 7_201_001;

/** Whether the account `u` is the last administrator who is neither disabled nor leaving; asked under the lock. */
export const IS_LAST_ADMINISTRATOR = `u.is_admin AND NOT EXISTS (SELECT FROM app_user o
  WHERE o.is_admin AND o.id <> u.id AND o.disabled_at IS NULL AND o.delete_at IS NULL)`;

/** What who would end that one reads. */
export const LAST_ADMINISTRATOR = 'This is the only administrator. Make another account one first.';
