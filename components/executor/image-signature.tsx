import Link from 'next/link';
import { AttachSignature } from '#components/executor/attach-signature.tsx';
import { Unfold } from '#components/executor/unfold.tsx';
import { Fingerprint } from '#components/fingerprint.tsx';
import { paths } from '#components/paths.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import type { ExecutorImage } from '#lib/executors/image-list.ts';
import type { ImageSignature } from '#lib/signatures/list.ts';

function signSnippet(reference: string): string {
  return `cosign generate ${reference} > payload.json
cosign sign-blob --key cosign.key --tlog-upload=false --output-signature payload.sig payload.json`;
}

function verifySnippet(reference: string): string {
  return `cosign verify --key cosign.pub --insecure-ignore-tlog=true ${reference}`;
}

function Signature({ keyName, fingerprint, pem, createdAt }: ImageSignature) {
  return (
    <li className="border-b py-1.5 last:border-0">
      <div className="flex justify-between gap-3">
        <span className="min-w-0 font-medium wrap-anywhere">
          <Bdi>{keyName}</Bdi>
        </span>
        <span className="shrink-0 text-text-2">
          <RelativeTime at={createdAt} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <Fingerprint fingerprint={fingerprint} name={keyName} />
        {pem === null ? (
          <span className="text-warning">The owner has removed this key.</span>
        ) : (
          <span className="inline-flex items-center gap-1 text-text-2">
            Public key
            <CopyButton text={pem} label={`Copy the public key ${keyName}`} className="-my-1.5" />
          </span>
        )}
      </div>
    </li>
  );
}

interface ImageSignatureProps {
  executor: { id: string; isOwn: boolean };
  image: ExecutorImage;
}

/** Who signed an image, how anybody verifies that, and how its owner signs it. */
export function ImageSignatures({ executor, image }: ImageSignatureProps) {
  const { signatures, digest, digestReference } = image;
  return (
    <Unfold
      title="Signatures"
      count={signatures.length}
      action={executor.isOwn && <AttachSignature id={executor.id} digest={digest} />}
    >
      <div className="grid grid-cols-1 gap-2 px-4 pt-1 pb-3">
        {signatures.length > 0 && (
          <>
            <ul aria-label="Signatures">
              {signatures.map((one) => (
                <Signature key={`${one.fingerprint} ${one.createdAt.getTime()}`} {...one} />
              ))}
            </ul>
            <h4 className="text-13">Verify it, with the owner’s public key</h4>
            <CodeBlock label="Verify the image" code={verifySnippet(digestReference)} />
          </>
        )}
        {executor.isOwn ? (
          <>
            <h4 className="text-13">Sign it</h4>
            <CodeBlock label="Sign the image" code={signSnippet(digestReference)} />
            <p className="text-xs text-text-2">
              Then attach both files. Your public key belongs to your{' '}
              <Link href={paths.signingKeys()} prefetch={false} className="link">
                signing keys
              </Link>
              .
            </p>
          </>
        ) : (
          signatures.length === 0 && <p className="text-text-2">Its owner has not signed it.</p>
        )}
      </div>
    </Unfold>
  );
}
