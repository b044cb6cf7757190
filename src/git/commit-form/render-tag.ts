import { type EventEnvelope, isOneLine, type Tagged } from '../../domain';
import { type TagObject } from '../git-repository';
import { NotRenderable } from './commit-form.errors';
import { actorSignature } from './signature';

/** The annotated tag that a `Tagged` event is: the tagger is the actor, no trailers. @throws NotRenderable */
export function renderTag({ data, metadata }: EventEnvelope<Tagged>): TagObject {
  if (!isOneLine(data.message)) throw new NotRenderable(metadata.eventId, 'the message breaks a line.');
  return { object: data.commit, tag: data.tag, tagger: actorSignature(metadata), message: `${data.message}\n` };
}

/** The ref of a tag. */
export function tagRef(tag: string): string {
  return `refs/tags/${tag}`;
}
