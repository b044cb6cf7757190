import { type DriftAnswer, type DriftChangeAnswer, type ResolvedDrift as Resolved } from '../../application';
import { type Drift, type DriftChange, type ResolvedDrift } from '../types/drift.type';

const PLACE = { local: 'LOCAL', remote: 'REMOTE' } as const;

export function toDrift(drift: DriftAnswer): Drift {
  return { ...drift, place: PLACE[drift.place] };
}

export function toDriftChange({ transition, drift }: DriftChangeAnswer): DriftChange {
  return { transition, drift: toDrift(drift) };
}

export function toResolvedDrift({ drift, kept, branch }: Resolved): ResolvedDrift {
  const { place, ref, expected, found } = drift;
  return { place: PLACE[place], ref, expected, found, kept, branch };
}

/** The place as the application names it; null for every place. */
export function fromDriftPlace(place: keyof typeof FROM_PLACE | null | undefined): 'local' | 'remote' | null {
  return place == null ? null : FROM_PLACE[place];
}

const FROM_PLACE = { LOCAL: 'local', REMOTE: 'remote' } as const;
