import { Unavailable } from '../../domain';
import { type ContentExchange, TransferFailed } from '../../git';
import { type ShareContent } from '../ports';

/** Shares content through an exchange; null for a log that no other node reads. */
export function createShareContent(exchange: Pick<ContentExchange, 'give'> | null): ShareContent {
  return async (commit) => {
    try {
      await exchange?.give(commit);
    } catch (error) {
      if (!(error instanceof TransferFailed)) throw error;
      const why = `The content could not be handed to the remote that the nodes share: ${error.message}`;
      throw new Unavailable(`${why} Nothing was decided. Try again.`, {}, { cause: error });
    }
  };
}
