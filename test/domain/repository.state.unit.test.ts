import { type Adopted, DEFAULT_LAYOUT, evolveRepository, NOT_ADOPTED, type RepositoryState } from '../../src/domain';
import { recorded } from './specification';

function adopted(commit: string, previousEventId: string | null): Adopted {
  const serviceIdentity = { name: 'Slipway', email: 'service@slipway.invalid' };
  return { type: 'Adopted', data: { commit, layout: DEFAULT_LAYOUT, serviceIdentity, commitForm: 1, previousEventId } };
}

function fold(...events: readonly Adopted[]): RepositoryState {
  return recorded(events).reduce(evolveRepository, NOT_ADOPTED);
}

describe('the adoption in force', () => {
  it('is none before a repository was adopted', () => {
    expect(fold().adoption).toBeNull();
  });

  it('is the last one, with its event', () => {
    const second = adopted('second', 'event-9');
    expect(fold(adopted('first', null), second).adoption).toEqual({ ...second.data, eventId: 'event-1', revision: 1 });
  });
});
