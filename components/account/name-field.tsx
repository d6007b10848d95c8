import { TextField } from '#components/ui/field.tsx';

interface NameFieldProps {
  name: string;
  onChange: (name: string) => void;
  problem: string | null | undefined;
}

/** The user name of an account that is being made. */
export function NameField({ name, onChange, problem }: NameFieldProps) {
  return (
    <TextField
      label="User name"
      isMono
      name="name"
      value={name}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={40}
      error={problem}
      help="Small letters, digits and dashes. It is your namespace and in every address, so it cannot be changed later."
    />
  );
}
