import { parentPort } from 'node:worker_threads';
import { loadGrammar } from '#lib/normaliser/python/grammar.ts';

/**
 * The thread that reads Python: says when it can, then a text in and what became of it out, one at a time.
 */
const read = await loadGrammar();
parentPort?.on('message', (text: string) => parentPort?.postMessage(read(text)));
parentPort?.postMessage('ready');
