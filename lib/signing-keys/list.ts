import { prisma } from '#lib/db/prisma.ts';
import { describeKey } from '#lib/signing-keys/public-key.ts';

/** A key whose signatures count in a namespace. */
export interface SigningKeySummary {
  id: string;
  name: string;
  /** As SPKI. */
  pem: string;
  /** The SHA-256 of its DER, 64 hexadecimal digits. */
  fingerprint: string;
  /** `ECDSA P-256` */
  kind: string;
  createdAt: Date;
  /** The name of who added it; null when they are gone. */
  createdBy: string | null;
}

/** The keys of a namespace, by their names. */
export async function listSigningKeys(namespaceId: string): Promise<SigningKeySummary[]> {
  const rows = await prisma().signingKey.findMany({
    where: { namespaceId },
    include: { createdBy: { select: { name: true } } },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ id, name, pem, fingerprint, createdAt, createdBy }) => ({
    ...{ id, name, pem, fingerprint, createdAt },
    kind: describeKey(pem),
    createdBy: createdBy?.name ?? null,
  }));
}
