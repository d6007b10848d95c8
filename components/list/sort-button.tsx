import { ArrowDownUp, type LucideIcon } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';

interface SortButtonProps<Sort extends string> {
  value: Sort;
  choices: readonly { value: Sort; label: string; icon: LucideIcon }[];
  onChange: (sort: Sort) => void;
}

/** Sorts a list where it has no column headers. */
export function SortButton<Sort extends string>({ value, choices, onChange }: SortButtonProps<Sort>) {
  return (
    <Menu
      label="Sort by"
      align="end"
      trigger={
        <Button className="md:hidden">
          <ArrowDownUp aria-hidden size={16} />
          Sort
        </Button>
      }
    >
      <MenuChoices value={value} choices={choices} onChange={onChange} />
    </Menu>
  );
}
