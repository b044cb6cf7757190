import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ReadModelVerdict } from '../projections';
import { type RowsCheck } from './read-models-check';

/** What the thread says, once. */
export type RowsAnswer = ReadModelVerdict | { readonly failure: string };

const ENTRY = join(__dirname, `rows-thread${extname(__filename)}`);

/**
 * Compares the rows of a data directory's read model in a thread of its own, which reads log and read model by itself: with
 * two processors this takes as long as everything else together.
 *
 * @param execArgv arguments of Node for the thread; those of the process when left out.
 */
export function checkRowsApart(dataDirectory: string, execArgv?: readonly string[]): RowsCheck {
  const worker = new Worker(ENTRY, { workerData: dataDirectory, ...(execArgv && { execArgv: [...execArgv] }) });
  const answer = new Promise<RowsAnswer>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ failure: error.message }));
    worker.once('exit', (code) => resolve({ failure: `The thread that checks the rows ended with ${String(code)}.` }));
  });
  return {
    take: () => undefined,
    conclude: async () => {
      const said = await answer;
      if ('failure' in said) throw new Error(said.failure);
      return said;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
