import { type Adopted, REPOSITORY_STREAM, type RepositoryEvent, type RepositoryState, Unavailable } from '../../domain';
import { type StreamHandler } from '../streams/stream-handler';

/** The adoption in force. @throws Unavailable before a repository was adopted. */
export type RequireAdopted = () => Promise<Adopted['data']>;

export function createRequireAdopted(repository: StreamHandler<RepositoryState, RepositoryEvent>): RequireAdopted {
  return () =>
    repository.inspect(REPOSITORY_STREAM, ({ adoption }) => {
      if (adoption === null) throw new Unavailable('The repository is being adopted. Try again when that is finished.');
      return adoption;
    });
}
