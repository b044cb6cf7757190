import * as fc from 'fast-check';
import {
  canonicalPackageId,
  comparePackageIds,
  isName,
  isPackageId,
  packageIdOf,
  packageStream,
  splitPackageId,
} from '../../src/domain';

const KIND = 'document_types';

describe('a package id', () => {
  it.each(['project_discovery', 'a', 'roles/technical_architect', 'a.b-c_d9', 'v1', 'v1.0.0/a', `a${'b'.repeat(63)}`])(
    'may be %j',
    (text) => {
      expect(isPackageId(text)).toBe(true);
    },
  );

  it.each([
    '',
    'Project',
    '9lives',
    '_active',
    '.git',
    'a..b',
    '..',
    'a.',
    'a.lock',
    'a/',
    '/a',
    'a/b/c',
    'a/../b',
    'roles//x',
    'roles/x.lock',
    'roles./x',
    'a\\b',
    'a b',
    'a\n',
    'a\0',
    'ä',
    'ａ',
    '__proto__',
    `a${'b'.repeat(64)}`,
    'v1.0.0', // its tags would lie below tags of others
    'roles/v1.0.0',
    'roles/v2.10.3-rc.1',
  ])('may not be %j', (text) => {
    expect(isPackageId(text)).toBe(false);
  });

  it('is safe as a path, a ref and a stream name, whatever the grammar lets through', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_./\\~^:?*@{}[\] -]{0,70}$/);
    fc.assert(
      fc.property(name, (text) => {
        if (!isPackageId(text)) return;
        for (const part of text.split('/')) {
          expect(part).toMatch(/^[a-z][a-z0-9_.-]*$/);
          expect(part).not.toMatch(/\.\.|\.$|\.lock$/);
          expect(part.length).toBeLessThanOrEqual(64);
        }
        expect(packageStream(text)).toBe(`package-${text}`);
      }),
    );
  });

  it('is taken apart into kind and name, and put together again', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/).filter(isName);
    fc.assert(
      fc.property(name, name, (kind, each) => {
        expect(splitPackageId(packageIdOf(kind, each, KIND), KIND)).toEqual({ kind, name: each });
      }),
    );
    expect(packageIdOf(KIND, 'project_discovery', KIND)).toBe('project_discovery');
    expect(packageIdOf('roles', 'architect', KIND)).toBe('roles/architect');
  });

  it('has one spelling, which leaves out the default kind', () => {
    expect(canonicalPackageId(`${KIND}/twin`, KIND)).toBe('twin');
    for (const id of ['twin', 'roles/twin', KIND, `roles/${KIND}`]) expect(canonicalPackageId(id, KIND)).toBe(id);
  });

  it('is sorted by UTF-16 code units, not by a language', () => {
    expect(['a_b', 'ab', 'a.b', 'a/b', 'a-b', 'a'].sort(comparePackageIds)).toEqual([
      'a',
      'a-b',
      'a.b',
      'a/b',
      'a_b',
      'ab',
    ]);
    expect(comparePackageIds('a', 'a')).toBe(0);
  });
});
