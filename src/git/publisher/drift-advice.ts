import { Drift } from '../errors';
import { MAIN_REF, type ObjectId } from '../git-repository';

/** A `main` that publishing cannot go on from, and how an operator takes it back to a commit that it can. */
export function mainDrifted(what: string, goOnFrom: ObjectId): Drift {
  return new Drift(
    `${what} Slipway moves nothing by force. Keep on another branch what you need of it, move main back with ` +
      `\`git update-ref ${MAIN_REF} ${goOnFrom}\` in the repository, and restart the server.`,
  );
}

/** A tag that cannot become what its event makes, and what an operator does then. */
export function tagDrifted(what: string, cause: Error): Drift {
  const remedy = 'Rename or delete the ref that is in the way (`git update-ref -d REF`) and restart the server.';
  return new Drift(`${what} Slipway moves nothing by force. ${remedy}`, { cause });
}
