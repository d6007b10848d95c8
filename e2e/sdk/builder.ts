import { query } from './database.ts';

/** What a builder prints, and a console that reads markup takes for its own: contract 1.9. */
const LINES = ['found in [/usr/lib] and [/]', 'C:\\[/opt] [1/5] [bold', 'done [/bold] \\\\[/x]'];
const WARNING = 'An old pip was found in [/usr/lib].';
const EVENTS = [
  ...LINES.map((payload) => ({ type: 'console', subject: 'buildWorkspace', payload })),
  { type: 'warning', subject: 'buildWorkspace', message: WARNING },
];
/** Several times as long as the server under test is silent. */
const SLOW_SECONDS = 1.5;

/** The first letters of Executors whose push takes a while, without a line. */
export const SLOW_PREFIX = 'Silent';

/**
 * Makes a server do what builders of images do: every push tells lines that look like markup, and what is named
 * `SLOW_PREFIX…` is silent for a while.
 */
export async function actAsBuilder(databaseUrl: string): Promise<void> {
  const rows = EVENTS.map(
    (event, index) => `(NEW.id, ${index + 1}, 0, $event$${JSON.stringify(event)}$event$::jsonb)`,
  );
  await query(
    databaseUrl,
    `CREATE FUNCTION tell_as_builder() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN INSERT INTO task_event (task_id, sn, dt_ms, event) VALUES ${rows.join(', ')}; RETURN NEW; END $$;
     CREATE TRIGGER tell_as_builder AFTER INSERT ON task FOR EACH ROW EXECUTE FUNCTION tell_as_builder();
     CREATE FUNCTION wait_as_builder() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM pg_sleep(${SLOW_SECONDS}); RETURN NEW; END $$;
     CREATE TRIGGER wait_as_builder BEFORE INSERT ON executor FOR EACH ROW
       WHEN (starts_with(NEW.name, '${SLOW_PREFIX}')) EXECUTE FUNCTION wait_as_builder();`,
  );
}
