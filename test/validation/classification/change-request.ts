import { type ChangeRequest } from '../../../src/validation';
import { aRelease, type Changes, DOCUMENT_TYPE } from '../support/a-release';

/** From the usual release with some changes to the same with others. */
export function createChangeRequest(before: Changes, after: Changes): ChangeRequest {
  const files = (changes: Changes) => aRelease(changes).files;
  return { kind: 'document_types', manifest: DOCUMENT_TYPE, before: files(before), after: files(after) };
}
