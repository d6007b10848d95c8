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
  poweredByHeader: false,
  // Names of artifacts may end in a slash.
  skipTrailingSlashRedirect: true,
};
