import { type Position } from '../../domain';
import { Drift } from '../errors';
import { MAIN_REF, type ObjectId } from '../git-repository';

/** `main` is not what the log predicts. */
export class MainDrift extends Drift {
  /** The commit that `main` must be at. */
  readonly expected: ObjectId;
  /** Up to where the log is published when it is there. */
  readonly after: Position | null;

  constructor(message: string, place: { readonly expected: ObjectId; readonly after: Position | null }) {
    super(message);
    this.name = 'MainDrift';
    this.expected = place.expected;
    this.after = place.after;
  }
}

/** A `main` that publishing cannot go on from, and how an operator takes it back to a commit that it can. */
export function mainDrifted(
  what: string,
  place: { readonly goOnFrom: ObjectId; readonly after: Position | null },
): MainDrift {
  const { goOnFrom, after } = place;
  return new MainDrift(
    `${what} Slipway moves nothing by force. See \`slipway drift\` for what was put there; then \`slipway drift heal\`, ` +
      '`slipway drift quarantine` or `slipway drift adopt`. By hand: keep on another branch what you need of it and move main back with ' +
      `\`git update-ref ${MAIN_REF} ${goOnFrom}\` in the repository; publishing goes on by itself, or after a restart.`,
    { expected: goOnFrom, after },
  );
}

/** A tag that cannot become what its event makes, and what an operator does then. */
export function tagDrifted(what: string, options?: { cause: Error }): Drift {
  const remedy =
    'See `slipway drift`, and put the tag back with `slipway drift heal`. Where another ref is in its way, rename or delete that ref ' +
    '(`git update-ref -d REF`); publishing goes on by itself, or after a restart.';
  return new Drift(`${what} Slipway moves nothing by force. ${remedy}`, options);
}

/** A ref that somebody else moved on the remote: nothing here can put it back. */
export function remoteDrifted(what: string): Drift {
  return new Drift(
    `${what} Slipway never forces a push. See \`slipway drift\` for what was put there; then adopt it where that can be done, or have ` +
      'it moved back on the remote; publishing goes on by itself.',
  );
}
