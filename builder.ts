import { EnvError } from '#lib/env-error.ts';
import { runBuilderService } from '#lib/images/builder-service/run.ts';
import { chooseBuilder } from '#lib/images/builders/choose.ts';
import { Refusal } from '#lib/refusal.ts';
import { untilToldToStop } from '#lib/server/signals.ts';

/** A builder of images for servers elsewhere (docs/deploy.md): no database, no pages, one build at a time. */
try {
  await runBuilderService(chooseBuilder, untilToldToStop());
} catch (error) {
  const isExpected = error instanceof EnvError || error instanceof Refusal;
  process.stderr.write(`${isExpected ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
process.exit(0);
