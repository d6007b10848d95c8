/** @type {import('next').NextConfig} */
export default {
  // `npm test` checks the types of everything; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // What holds state or loads files by path stays outside the bundle, so that a process has it once.
  serverExternalPackages: [
    'pg',
    'pino',
    'prom-client',
    '@prisma/client',
    '@prisma/adapter-pg',
    'rate-limiter-flexible',
  ],
  // Downloads are sent as they are; whoever wants compression puts a proxy in front.
  compress: false,
  experimental: {
    // A page is loaded when it is first asked for: 15 MB less for a server that only answers programs.
    preloadEntriesOnStart: false,
    // A page waits for a server that does not answer, rather than give way to the browser's own page about that.
    useOffline: true,
  },
  poweredByHeader: false,
  // Another port of this machine is the same site to a browser: its pages must not frame ours. The policy of what a
  // page may load has a nonce for each request: lib/http/content-policy.ts.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    },
  ],
  // Every page comes with its title, rather than get it when it is there already.
  htmlLimitedBots: /.*/,
  // Names of artifacts may end in a slash.
  skipTrailingSlashRedirect: true,
};
