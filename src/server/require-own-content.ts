import { adoptedCommit } from '../application';
import { MAIN_REF } from '../git';
import { BadConfiguration } from './config';
import { type Foundation } from './open-foundation';

/**
 * Refuses a node that shares content with nobody and has none of what its log has adopted: nothing could be published, and
 * its missing `main` would be called drift.
 * @throws BadConfiguration
 */
export async function requireOwnContent({ store, repository, dataDirectory }: Foundation): Promise<void> {
  const commit = await adoptedCommit(store);
  // The object first: a main that cannot be read is no reason not to start where the content is here.
  if (commit === null || (await repository.objects.has(commit)) || (await repository.refs.read(MAIN_REF)) !== null)
    return;
  throw new BadConfiguration(
    `The log in the event store has a history, and the repository in ${dataDirectory} holds nothing of it. ` +
      'Start with the data directory that holds it, or name the remote that has it with --remote or SLIPWAY_REMOTE.',
  );
}
