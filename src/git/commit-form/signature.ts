import { type Actor, type EventMetadata, isActorId, isOneLine } from '../../domain';
import { type Signature } from '../git-repository';
import { NotRenderable } from './commit-form.errors';

/** The author or tagger of what an event makes: its actor, at its time rounded down to seconds. @throws NotRenderable */
export function actorSignature({ eventId, actor, occurredAt }: EventMetadata): Signature {
  if (!isSafeActor(actor)) throw new NotRenderable(eventId, 'the actor does not fit an author line.');
  return signatureOf(actor, occurredAt);
}

/** `NAME <ID@slipway.invalid>` at a moment (ISO 8601), rounded down to seconds. */
export function signatureOf(actor: Actor, at: string): Signature {
  return { name: actor.name, email: `${actor.id}@slipway.invalid`, seconds: secondsOf(at) };
}

/** Whole seconds since the epoch of an ISO 8601 moment, rounded down. */
export function secondsOf(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}

function isSafeActor({ id, name }: Actor): boolean {
  return isActorId(id) && isOneLine(name) && !/[<>]/.test(name) && name.trim() === name && name !== '';
}
