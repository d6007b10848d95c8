import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** A private authority and a certificate of it, as files. */
export interface Certificate {
  /** The authority's own certificate, which clients are told to trust. */
  ca: string;
  certificate: string;
  key: string;
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes an authority that nobody knows, and a certificate for `addresses`, in `folder`.
 * @param addresses IP addresses of this machine.
 */
export function makeCertificate(folder: string, addresses: string[]): Certificate {
  const file = (name: string) => path.join(folder, name);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const names = addresses.map((address) => `IP:${address}`).join(',');
  const [caKey, ca, key, certificate] = ['ca.key', 'ca.crt', 'tls.key', 'tls.crt'].map(file) as [
    string,
    string,
    string,
    string,
  ];
  openssl(
    ...[
      'req',
      '-x509',
      ...CURVE,
      '-keyout',
      caKey,
      '-out',
      ca,
      '-days',
      '2',
      '-subj',
      '/CN=Private authority',
    ],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  openssl(
    ...[
      'req',
      '-x509',
      ...CURVE,
      '-keyout',
      key,
      '-out',
      certificate,
      '-days',
      '2',
      '-subj',
      '/CN=groundstation',
    ],
    ...['-CA', ca, '-CAkey', caKey, '-addext', `subjectAltName=${names}`],
    ...['-addext', 'basicConstraints=critical,CA:false', '-addext', 'extendedKeyUsage=serverAuth'],
  );
  return { ca, certificate, key };
}
