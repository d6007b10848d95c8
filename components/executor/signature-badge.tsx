import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { classes } from '#components/ui/classes.ts';
import type { ExecutorImage } from '#lib/executors/image-list.ts';

const LOOKS = {
  signed: { word: 'Signed', icon: ShieldCheck, look: 'bg-ok-soft text-ok' },
  untrusted: { word: 'Untrusted signature', icon: ShieldAlert, look: 'bg-warning-soft text-warning' },
  unsigned: { word: 'Unsigned', icon: ShieldQuestionMark, look: 'bg-sunken text-text-2' },
} as const;

function titleOf({ signatureStatus, signatures }: ExecutorImage): string {
  if (signatureStatus === 'unsigned') return 'Nobody has signed this image.';
  if (signatureStatus === 'untrusted') return 'Its owner has removed the key that signed it.';
  const trusted = signatures.filter(({ pem }) => pem !== null);
  return `Signed by ${[...new Set(trusted.map(({ keyName }) => keyName))].join(', ')}`;
}

/** Whether an image is signed, in a word. */
export function SignatureBadge({ image }: { image: ExecutorImage }) {
  const { word, icon: Icon, look } = LOOKS[image.signatureStatus];
  return (
    <span
      title={titleOf(image)}
      className={classes(
        'ml-auto inline-flex items-center gap-1.5 rounded-sm px-1.5 text-xs/5 font-medium whitespace-nowrap',
        look,
      )}
    >
      <Icon aria-hidden size={14} />
      {word}
    </span>
  );
}
