import { Download, Trash2 } from 'lucide-react';
import { Part, PartGroup } from '#components/dev/part.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { KeyHint } from '#components/ui/key-hint.tsx';

const VARIANTS = ['primary', 'plain', 'quiet', 'danger'] as const;

/** Buttons. */
export function ButtonParts() {
  return (
    <PartGroup title="Buttons">
      <Part title="With words">
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        <Button>
          <Download aria-hidden size={16} />
          With an icon
        </Button>
      </Part>
      <Part title="Switched off">
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} disabled>
            {variant}
          </Button>
        ))}
      </Part>
      <Part title="Icons">
        <IconButton icon={Download} label="Download" />
        <IconButton icon={Download} label="Download, plain" variant="plain" />
        <IconButton icon={Trash2} label="Delete, switched off" disabled />
      </Part>
      <Part title="Copy">
        <CopyButton text="copied" label="Copy the word" />
        <CopyButton text="copied" label="Copy the word, as a main action" isMain />
      </Part>
      <Part title="Keys">
        <KeyHint keys={['j', 'k']}>move</KeyHint>
        <KeyHint keys={['Enter']}>open</KeyHint>
      </Part>
    </PartGroup>
  );
}
