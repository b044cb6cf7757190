import { type Actor, type ChangeType, type PackageId, type Version } from '../../domain';
import { printTrailers } from './trailers';

/** What the message of a draft's commit says. */
export interface DraftCommitFacts {
  readonly package: PackageId;
  readonly version: Version;
  readonly baseVersion: Version | null;
  /** Null for the first release of a package. */
  readonly changeType: ChangeType | null;
  /** Checked at the edge: not empty, no control or bidi characters. */
  readonly message: string;
  readonly actor: Actor;
}

/** The whole message of a draft's commit: conventional subject, then trailers; ends in exactly one newline. */
export function renderDraftCommit(facts: DraftCommitFacts): string {
  const trailers = printTrailers([
    ['Slipway-Package', facts.package],
    ['Slipway-Version', facts.version],
    ['Slipway-Base-Version', facts.baseVersion ?? 'none'],
    ['Slipway-Actor', facts.actor.id],
  ]);
  return `${prefix(facts)}: ${facts.message}\n\n${trailers}\n`;
}

function prefix({ package: id, changeType }: DraftCommitFacts): string {
  switch (changeType) {
    case 'major':
      return `feat(${id})!`;
    case 'minor':
    case null:
      return `feat(${id})`;
    case 'patch':
      return `fix(${id})`;
  }
}
