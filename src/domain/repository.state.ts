import { type EventEnvelope } from './envelope';
import { type Adopted, type RepositoryEvent } from './events';

/** The adoption in force; null before the first, when nothing can be decided yet. */
export interface RepositoryState {
  readonly adoption: (Adopted['data'] & { readonly eventId: string; readonly revision: number }) | null;
}

export const NOT_ADOPTED: RepositoryState = { adoption: null };

/** Folds one event of `repository`. */
export function evolveRepository(state: RepositoryState, event: EventEnvelope<RepositoryEvent>): RepositoryState {
  switch (event.type) {
    case 'HistoryFindings':
    case 'DriftResolved':
      return state;
    case 'Adopted':
      return { adoption: { ...event.data, eventId: event.metadata.eventId, revision: event.revision } };
  }
}
