import { parentPort, workerData } from 'node:worker_threads';
import type { ReadAnswer, ReadRequest } from '#lib/executors/read-package.ts';
import { normalise } from '#lib/normaliser/normalise.ts';
import { NormaliserError } from '#lib/normaliser/types.ts';

const { files, texts, dockerfile, client } = workerData as ReadRequest;

async function answer(): Promise<ReadAnswer> {
  try {
    const read = (path: string) => texts.get(path);
    return { normalised: await normalise({ files, read, dockerfile, client }) };
  } catch (error) {
    if (!(error instanceof NormaliserError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}

parentPort?.postMessage(await answer());
