import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactElement, type ReactNode, useId } from 'react';
import { classes } from '#components/ui/classes.ts';

const CONTROL =
  'h-8 w-full min-w-0 rounded-md border border-line-control bg-raised px-2.5 placeholder:text-text-3 focus-visible:outline-offset-0 aria-invalid:border-danger-mark';

interface FieldProps {
  label: string | ReactElement;
  /** What to know before typing; the error takes its place. */
  help?: ReactNode;
  error?: string | null;
  className?: string;
}

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'className' | 'id'> {
  isMono?: boolean;
}

function FieldNote({ id, help, error }: { id: string; help: ReactNode; error: string | null | undefined }) {
  if (error) {
    return (
      <p id={id} className="flex gap-1.5 text-xs text-danger">
        <CircleAlert aria-hidden size={14} className="mt-px shrink-0" />
        {error}
      </p>
    );
  }
  return help ? (
    <p id={id} className="text-xs text-text-3">
      {help}
    </p>
  ) : null;
}

/** What ties a control to its label and its note. */
interface ControlProps {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** The label above, the control, and below it the help or, in its place, the error. */
function Field({
  label,
  help,
  error,
  className,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={classes('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': help || error ? noteId : undefined,
      })}
      <FieldNote id={noteId} help={help} error={error} />
    </div>
  );
}

/** A labelled line of text. */
export function TextField({ label, help, error, className, isMono, ...props }: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error} className={className}>
      {(control) => (
        <input
          {...props}
          {...control}
          className={classes(
            CONTROL,
            'read-only:border-line read-only:bg-sunken',
            isMono && 'font-mono text-13',
          )}
        />
      )}
    </Field>
  );
}

interface TextAreaFieldProps extends FieldProps, Omit<ComponentProps<'textarea'>, 'className' | 'id'> {
  /** What stands below the box, such as another way to fill it. */
  children?: ReactNode;
}

/** A labelled box for a text of several lines, which somebody pastes rather than writes. */
export function TextAreaField({ label, help, error, className, children, ...props }: TextAreaFieldProps) {
  return (
    <Field label={label} help={help} error={error} className={className}>
      {(control) => (
        <>
          <textarea
            rows={4}
            autoComplete="off"
            spellCheck={false}
            {...props}
            {...control}
            className={classes(CONTROL, 'h-auto resize-y py-1.5 font-mono text-xs/5')}
          />
          {children}
        </>
      )}
    </Field>
  );
}

interface SelectFieldProps extends FieldProps, Omit<ComponentProps<'select'>, 'className' | 'id'> {
  options: { value: string; label: string }[];
}

/** A labelled choice of one; the browser's own list, which every phone and screen reader knows. */
export function SelectField({ label, help, error, className, options, ...props }: SelectFieldProps) {
  return (
    <Field label={label} help={help} error={error} className={className}>
      {(control) => (
        <select {...props} {...control} className={classes(CONTROL, 'pl-1.5')}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
