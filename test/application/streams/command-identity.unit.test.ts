import { commandIdentity } from '../../../src/application/streams/command-identity';
import { digestOf } from '../../../src/eventstore';
import { refusalOf } from '../../domain/specification';

const CONTEXT = { actor: { id: 'tom.moseley', name: 'Tom Moseley' }, correlationId: 'request' };
const inputOf = (input: object) => commandIdentity('operation', input, CONTEXT).input;

describe('what makes a retry recognisable', () => {
  it('is the whole input without its key', () => {
    const input = { package: 'a', reason: 'r', idempotencyKey: 'k' };
    expect(commandIdentity('rollback', input, CONTEXT)).toEqual({
      operation: 'rollback',
      input: { package: 'a', reason: 'r' },
      idempotencyKey: 'k',
      context: CONTEXT,
    });
  });

  it('does not depend on the order of fields, nor on fields that are undefined', () => {
    expect(digestOf(inputOf({ a: 1, b: { d: 2, c: 3 } }))).toBe(
      digestOf(inputOf({ b: { c: 3, d: 2 }, a: 1, e: undefined })),
    );
    expect(digestOf(inputOf({ a: 1 }))).not.toBe(digestOf(inputOf({ a: 2 })));
  });

  it('is refused where it holds text that has no digest, naming the field', () => {
    expect(refusalOf(() => inputOf({ plan: 'a\uD800' }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      data: { field: 'plan' },
    });
    expect(inputOf({ plan: '🚀' })).toEqual({ plan: '🚀' });
  });

  it('is refused with a malformed key', () => {
    expect(refusalOf(() => commandIdentity('rollback', { idempotencyKey: '' }, CONTEXT)).code).toBe('BAD_USER_INPUT');
  });
});
