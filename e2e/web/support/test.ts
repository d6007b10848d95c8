import { test as base, expect } from '@playwright/test';
import { fromNewAddress } from './address.ts';
import { given, newPerson, type Person } from './api.ts';
import { waitUntilUsable } from './usable.ts';

interface Fixtures {
  /** Somebody with an empty namespace; the test's page is signed in as them. */
  person: Person;
  /** Every tab is one in which what is clicked is heard. */
  usable: undefined;
  /** What the browser refused to load or run, in any tab; every test fails that has some of it. */
  refusals: string[];
}

/** Playwright's test, with a person of its own for each test that asks for one. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  extraHTTPHeaders: async ({}, use) => {
    await use(fromNewAddress());
  },
  person: async ({ context }, use) => {
    const person = await newPerson('vera');
    await context.addCookies([{ name: 'gs-session', value: person.session, url: given('GS_URL') }]);
    await use(person);
  },
  usable: [
    async ({ context }, use) => {
      context.on('page', waitUntilUsable);
      await use(undefined);
    },
    { auto: true },
  ],
  refusals: [
    async ({ context }, use) => {
      const refusals: string[] = [];
      context.on('console', (message) => {
        if (/content security policy/i.test(message.text())) refusals.push(message.text());
      });
      await use(refusals);
      expect(refusals).toEqual([]);
    },
    { auto: true },
  ],
});
