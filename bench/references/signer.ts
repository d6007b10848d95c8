import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '#lib/registry/certificate.ts';
import { signToken } from '#lib/registry/token.ts';

/** The bare reference of the token service: signs what it is asked for, whoever asks, and knows no database. */

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = selfSignedCertificate(privateKey, 'bench', new Date()).toString('base64');
const key = { kid: 'bench', privateKey, certificate };

const server = http.createServer((req, res) => {
  const scope = new URLSearchParams(req.url?.split('?')[1]).get('scope') ?? '';
  const [, name = ''] = scope.split(':');
  const access = [{ type: 'repository' as const, name, actions: ['pull'] }];
  const token = signToken(key, { subject: 'u1', access, seconds: 300 });
  const body = JSON.stringify({ token, access_token: token, expires_in: 300 });
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listens on http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
