import { test as base } from '@playwright/test';
import { given, newPerson, type Person } from './api.ts';

interface Fixtures {
  /** Somebody with an empty namespace; the test's page is signed in as them. */
  person: Person;
}

/** Playwright's test, with a person of its own for each test that asks for one. */
export const test = base.extend<Fixtures>({
  person: async ({ context }, use) => {
    const person = await newPerson('vera');
    await context.addCookies([{ name: 'gs-session', value: person.session, url: given('GS_URL') }]);
    await use(person);
  },
});
