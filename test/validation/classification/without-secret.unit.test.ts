import { MADE_UP } from '../support/made-up-secrets';
import { classificationOf } from '../../../src/validation/classification/classification-of';

const told = (message: string, more: { pointer?: string; example?: unknown } = {}) =>
  classificationOf([{ changeType: 'major', rule: 'a-rule', path: 'a.json', pointer: null, message, ...more }])
    .reasons[0];

describe('a reason', () => {
  it('is told without its secrets and without an example that holds one', () => {
    const reason = told(`The value "${MADE_UP.npmToken}" is gone.`, { example: { a: [MADE_UP.npmToken] } });
    expect(reason).toEqual({
      ...{ changeType: 'major', rule: 'a-rule', path: 'a.json', pointer: null },
      message: 'The value "[secret]" is gone.',
    });
    expect(told('Gone.', { example: { a: null } })).toMatchObject({ example: { a: null } });
  });

  it('points to its place without a secret, also behind an escape', () => {
    expect(told('Gone.', { pointer: `/a~1${MADE_UP.npmToken}/b~0c` })).toMatchObject({ pointer: '/a~1[secret]/b~0c' });
  });
});
