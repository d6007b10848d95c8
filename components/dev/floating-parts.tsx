'use client';

import { Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Part, PartGroup } from '#components/dev/part.tsx';
import { THEME_CHOICES } from '#components/shell/theme-choices.ts';
import { Button } from '#components/ui/button.tsx';
import {
  CommandField,
  CommandGroup,
  CommandItem,
  CommandList,
  CommandPanel,
} from '#components/ui/command-panel.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { showDone, showFailure } from '#components/ui/toast.tsx';

const ignore = () => undefined;

function Menus() {
  return (
    <Part title="Menu">
      <Menu label="Actions" trigger={<Button>Open a menu</Button>}>
        <MenuLabel>A line of words</MenuLabel>
        <MenuItem icon={Copy} onSelect={ignore}>
          Copy
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} isDanger onSelect={ignore}>
          Delete
        </MenuItem>
      </Menu>
      <Menu label="Choices" trigger={<Button>Open choices</Button>}>
        <MenuChoices value="dark" choices={THEME_CHOICES} onChange={ignore} />
      </Menu>
    </Part>
  );
}

function Panels() {
  const [open, setOpen] = useState<'dialog' | 'command' | 'sheet' | null>(null);
  const [text, setText] = useState('');
  const close = () => setOpen(null);
  return (
    <Part title="Panels">
      <Button onClick={() => setOpen('dialog')}>Open a dialog</Button>
      <ConfirmDialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Delete photos for good?"
        action="Delete"
        onConfirm={ignore}
      >
        <p>5,809 documents, 48.7 MB. This cannot be undone.</p>
      </ConfirmDialog>
      <Button onClick={() => setOpen('command')}>Open the commands</Button>
      <CommandPanel isOpen={open === 'command'} onClose={close} onClosed={ignore} label="Commands">
        <CommandField placeholder="Type" text={text} onType={setText} />
        <CommandList label="Choices">
          <CommandGroup heading="A group">
            <CommandItem id="copy" icon={Copy} note="a fact" onSelect={close}>
              Copy
            </CommandItem>
          </CommandGroup>
        </CommandList>
      </CommandPanel>
      <Sheet
        isOpen={open === 'sheet'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'sheet' : null)}
        label="Sheet"
        trigger={<Button>Open a sheet</Button>}
      >
        <p className="p-4 pt-14">What is behind it is inert.</p>
      </Sheet>
    </Part>
  );
}

/** What opens over the page. */
export function FloatingParts() {
  return (
    <PartGroup title="What floats">
      <Menus />
      <Panels />
      <Part title="Toasts">
        <Button onClick={() => showDone('photos is public now.')}>Done</Button>
        <Button onClick={() => showDone('photos is in the trash.', ignore)}>Done, with undo</Button>
        <Button onClick={() => showFailure('The server failed. Try again.', 'req-1')}>Failed</Button>
      </Part>
    </PartGroup>
  );
}
