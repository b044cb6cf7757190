import fc from 'fast-check';
import { type Family, formOf, parseReference } from '../../../src/validation/references/reference-form';

const FAMILIES: readonly Family[] = [
  ...(['role', 'template', 'task', 'pgc', 'schema', 'op', 'mech', 'dcw', 'pow', 'workflow'] as const),
];

describe('a reference', () => {
  it.each([
    ['prompt:role:analyst:1.0.0', 'role', 'analyst', '1.0.0'],
    ['prompt:pgc:brief.v1:1.0.0', 'pgc', 'brief.v1', '1.0.0'],
    ['schema:brief:2.0.0-rc.1', 'schema', 'brief', '2.0.0-rc.1'],
    ['schema:brief@2.0.0', 'schema', 'brief', '2.0.0'],
    ['op:ask@1.0.0', 'op', 'ask', '1.0.0'],
    ['mech:entry:ask:1.0.0', 'mech', 'ask', '1.0.0'],
    ['dcw:brief@1.0.0', 'dcw', 'brief', '1.0.0'],
    ['pow:brief:1.0.0', 'pow', 'brief', '1.0.0'],
  ])('is read from %s', (text, family, name, version) => {
    expect(parseReference(text)).toEqual({ family, name, version });
  });

  it.each([
    'prompt:analyst:role:1.0.0',
    'prompt:role:analyst',
    'prompt:role:analyst:1.0',
    'prompt:role:analyst:v1.0.0',
    'prompt:role:Analyst:1.0.0',
    'prompt:constructor:analyst:1.0.0',
    'schema:brief',
    'schema://brief/1.0',
    'schema:brief:1.0.0:extra',
    'mech:ask:1.0.0',
    'op:@1.0.0',
  ])('is begun and not completed by %s', (text) => {
    expect(parseReference(text)).toBe('malformed');
  });

  it.each([
    '',
    'role',
    'prompt',
    'prompt: write it',
    'component:RisksV1:1.0.0',
    'https://example.org',
    'a:b',
    'op ask@1.0.0',
  ])('is not what %j is', (text) => {
    expect(parseReference(text)).toBeNull();
  });

  it('is read back from its own form', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.constantFrom(...FAMILIES), name, version, (family, id, at) => {
        const written = formOf(family, id, at).replace('TYPE', 'entry');
        expect(parseReference(written)).toEqual({ family, name: id, version: at });
      }),
    );
  });

  it('is read from any text without breaking', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseReference(text);
        expect(parsed === null || parsed === 'malformed' || FAMILIES.includes(parsed.family)).toBe(true);
      }),
    );
  });
});
