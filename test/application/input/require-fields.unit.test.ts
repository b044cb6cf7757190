import {
  optionalIdempotencyKey,
  optionalText,
  optionalVersion,
  requireDraftId,
  requireMessage,
  requirePackageId,
  requireReason,
  requireVersion,
} from '../../../src/application/input/require-fields';
import { refusalOf } from '../../domain/specification';

/** A refusal names the field, so that a form can show it in its place. */
function expectBad(field: string, act: () => unknown): void {
  expect(refusalOf(act)).toMatchObject({ code: 'BAD_USER_INPUT', data: { field } });
}

const NOT_ONE_LINE = [
  'a\nReason: forged',
  'a\rb',
  'a\r\nb',
  'a\u2028b',
  'a\u2029b',
  'a\u0085b',
  'a\u202Eb',
  'a\u2066b',
  'a\0b',
  'a\tb',
  'a\u200Bb',
  'a\uD800b',
];

const LAYOUT = { defaultKind: 'documents' };

describe('a package id', () => {
  it('is taken as it is', () => {
    expect(requirePackageId('package', 'roles/technical_architect', LAYOUT)).toBe('roles/technical_architect');
    expect(requirePackageId('package', 'documents', LAYOUT)).toBe('documents');
  });

  it('has one spelling: the default kind is not written', () => {
    const refused = refusalOf(() => requirePackageId('package', 'documents/twin', LAYOUT));
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', data: { field: 'package' } });
    expect(refused.message).toContain('documents/twin is written twin');
  });

  it.each(['', 'Project', '../x', 'a/b/c', 'a..b', 'a.lock', 'a\n', 'a\0', '.git', 'x'.repeat(65), 'ä'])(
    'is refused: %j',
    (text) => expectBad('releases[0].package', () => requirePackageId('releases[0].package', text, LAYOUT)),
  );
});

describe('a draft id', () => {
  it('is taken as it is', () => {
    expect(requireDraftId('draft', 'project_discovery-1a2b')).toBe('project_discovery-1a2b');
  });

  it.each(['', 'a/b', 'HEAD', '-x', 'a..b', 'x.lock', 'a b', 'a~1', 'a^', 'a:b', '@{u}', 'a\n'])(
    'is refused: %j',
    (text) => expectBad('draft', () => requireDraftId('draft', text)),
  );
});

describe('a version', () => {
  it('is taken as it is; one that may be left out is null then', () => {
    expect(requireVersion('version', '1.5.0-rc.1')).toBe('1.5.0-rc.1');
    expect(optionalVersion('version', undefined)).toBeNull();
    expect(optionalVersion('version', null)).toBeNull();
    expect(optionalVersion('version', '1.5.0')).toBe('1.5.0');
  });

  it.each([
    '',
    '1.5',
    '01.5.0',
    '1.5.0+a',
    'v1.5.0',
    `1${'0'.repeat(400)}.0.0`,
    '１.5.0',
    '1.٥.0',
    'latest',
    '1.5.0\n',
    ' 1.5.0',
  ])('is refused: %j', (text) => {
    expectBad('toVersion', () => requireVersion('toVersion', text));
    expectBad('toVersion', () => optionalVersion('toVersion', text));
  });
});

describe('a reason, and a message', () => {
  const each = [
    ['reason', requireReason, 'REASON_REQUIRED'],
    ['message', requireMessage, 'MESSAGE_REQUIRED'],
  ] as const;

  it.each(each)('is trimmed and in one normal form: %s', (_field, require) => {
    expect(require('  Added optional metadata field \n')).toBe('Added optional metadata field');
    expect(require('Gro\u0308ße 🚀')).toBe('Größe 🚀');
  });

  it.each(each)('is required: %s', (_field, require, code) => {
    for (const text of ['', '   ', '\n\n', '\t', '\u2028', '\u00A0'])
      expect(refusalOf(() => require(text)).code).toBe(code);
  });

  it.each(each)('has at most 500 characters: %s', (field, require) => {
    expect(require('x'.repeat(500))).toHaveLength(500);
    expectBad(field, () => require('x'.repeat(501)));
  });

  it.each(each)('is one line without anything hidden: %s', (field, require) => {
    for (const text of NOT_ONE_LINE) expectBad(field, () => require(text));
  });
});

describe('a text that may be left out', () => {
  it('is null then, and not empty otherwise', () => {
    expect(optionalText('message', undefined)).toBeNull();
    expect(optionalText('message', null)).toBeNull();
    expect(optionalText('message', ' The big one ')).toBe('The big one');
    for (const text of ['', '  ', 'x'.repeat(501), ...NOT_ONE_LINE])
      expectBad('message', () => optionalText('message', text));
  });
});

describe('an idempotency key', () => {
  it('may be left out, and is otherwise taken exactly as it is', () => {
    expect(optionalIdempotencyKey(undefined)).toBeNull();
    expect(optionalIdempotencyKey(null)).toBeNull();
    expect(optionalIdempotencyKey(' Key 1 ')).toBe(' Key 1 ');
    expect(optionalIdempotencyKey('k'.repeat(200))).toHaveLength(200);
  });

  it('is refused when it is empty, long or not printable', () => {
    for (const text of ['', 'k'.repeat(201), ...NOT_ONE_LINE])
      expectBad('idempotencyKey', () => optionalIdempotencyKey(text));
  });
});
