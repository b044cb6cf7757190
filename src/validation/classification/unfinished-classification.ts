import { type ChangeClassification } from '../../domain';
import { LIMITS } from '../limits';
import { type ChangeRequest, type ContentFile } from '../validation-engine';

/** Rule of a comparison that came to no end; another run may tell more. */
export const NOT_COMPARED = 'content-not-compared';

/** What is said of content that was not compared to the end: anything may have changed. */
export function classificationUnfinished(why: 'crashed' | 'timeout' | 'memory'): ChangeClassification {
  const what = { crashed: 'ended', memory: 'ran out of memory', timeout: 'did not finish in time' }[why];
  return everything(NOT_COMPARED, `The comparison ${what} on this content, so nothing is known of the change.`);
}

/** The same for content that is too large to be read; null when it is not. */
export function classificationRefused({ before, after }: ChangeRequest): ChangeClassification | null {
  if (!isTooLarge(before) && !isTooLarge(after)) return null;
  return everything('content-too-large', 'The release is too large to be compared, so nothing is known of the change.');
}

function isTooLarge(files: readonly ContentFile[]): boolean {
  const bytes = files.reduce((total, file) => total + file.bytes.byteLength, 0);
  return files.length > LIMITS.files || bytes > LIMITS.totalBytes;
}

function everything(rule: string, message: string): ChangeClassification {
  return { required: 'major', reasons: [{ changeType: 'major', rule, path: null, pointer: null, message }] };
}
