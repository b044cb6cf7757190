import {
  AccessDeniedError,
  DeadlineExceededError,
  ErrorType,
  StreamDeletedError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { OutOfTime } from '../../../src/eventstore/kurrentdb/deadlines';
import { failureOf, wordsOf } from '../../../src/eventstore/kurrentdb/failure';

/** Of a class of the client, without the call that it would be made from. */
function of<T extends object>(type: { readonly prototype: T }, facts: object = {}): T {
  return Object.assign(Object.create(type.prototype) as T, facts);
}

describe('what an error of the client means', () => {
  it.each([
    ['a stream that stands elsewhere', of(WrongExpectedVersionError), 'conflict'],
    ['a stream that was deleted for good', of(StreamDeletedError), 'deleted'],
    ['a stream that is not there', { type: ErrorType.STREAM_NOT_FOUND }, 'no stream'],
    ['code 16', Object.assign(new Error('no'), { code: 16 }), 'not signed in'],
    ['access denied with code 16', of(AccessDeniedError, { code: 16 }), 'not signed in'],
    ['code 7', Object.assign(new Error('no'), { code: 7 }), 'no right'],
    ['access denied without a code', of(AccessDeniedError), 'no right'],
    ['code 3', Object.assign(new Error('no'), { code: 3 }), 'not valid'],
    ['a member that does not lead', { type: ErrorType.NOT_LEADER }, 'not leader'],
    ['a server out of reach', of(UnavailableError), 'unknown'],
    ['a plain error with code 14', Object.assign(new Error('no'), { code: 14 }), 'unknown'],
    ['a deadline of the client', of(DeadlineExceededError), 'unknown'],
    ['a deadline of ours', new OutOfTime(5), 'unknown'],
    ['a fault inside the client', new TypeError('undefined is not iterable'), 'unknown'],
    ['a text', 'no', 'unknown'],
    ['nothing', undefined, 'unknown'],
    ['null', null, 'unknown'],
  ])('%s: %#', (_what, error, meaning) => {
    expect(failureOf(error)).toBe(meaning);
  });

  it('is told in one line of bounded length', () => {
    expect(wordsOf(new Error('first\nsecond'))).toBe('first');
    expect(wordsOf('x'.repeat(1_000))).toHaveLength(300);
    expect(wordsOf({ type: ErrorType.NOT_LEADER })).toContain('Name all members in the connection string');
    expect(wordsOf(undefined)).toBe('undefined');
    expect(wordsOf(new Error(''))).toBe('');
  });
});
