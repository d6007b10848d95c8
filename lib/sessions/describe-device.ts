import Bowser from 'bowser';

/** What a person calls the thing that they signed in with. */
interface Device {
  device: string;
  system: string | null;
}

/** Reads a user agent: browsers get their name and major version, anything else is called what it calls itself. */
export function describeDevice(userAgent: string | null): Device {
  if (!userAgent) return { device: 'Unknown', system: null };
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name || !userAgent.startsWith('Mozilla/')) return { device: userAgent, system: null };
  const major = browser.version?.split('.')[0];
  return { device: major ? `${browser.name} ${major}` : browser.name, system: os.name ?? null };
}
