import { type Actor, type DriftResolved, type EventEnvelope, type Origin } from '../domain';

/** Who and when, as people see it: those of the origin where the event names one. */
export interface Authorship {
  readonly actor: Actor;
  readonly at: string;
}

export function authorshipOf(event: EventEnvelope): Authorship {
  const origin = originOf(event);
  const { actor, occurredAt } = event.metadata;
  return origin === null
    ? { actor, at: occurredAt }
    : { actor: { id: origin.email, name: origin.name }, at: origin.at };
}

/** What an adoption event says where others carry a message or a reason. */
export function adoptionText(commit: string, origin: Origin | null): string {
  return origin === null ? `Adopted from ${commit}` : origin.subject;
}

/** What the resolving of a drift says where others carry a message. */
export function resolutionText({ remedy, place, ref, found }: DriftResolved['data']): string {
  const verb = { heal: 'Healed', quarantine: 'Quarantined', adopt: 'Adopted' }[remedy];
  return `${verb} ${ref} (${place}): it was ${found === null ? 'gone' : `at ${found}`}`;
}

function originOf(event: EventEnvelope): Origin | null {
  return event.type === 'ReleaseAdopted' || event.type === 'PointerAdopted' ? event.data.origin : null;
}
