import fc from 'fast-check';
import { DEFAULT_LAYOUT, type Layout } from '../../../src/domain';
import { applyChanges, PointerFileUnreadable, readPointerFile } from '../../../src/git';

const KIND = { path: 'prompts/roles/{id}/releases/{version}', manifest: null };
const FLAT: Layout = DEFAULT_LAYOUT;
const SECTIONED: Layout = {
  ...DEFAULT_LAYOUT,
  kinds: { ...DEFAULT_LAYOUT.kinds, roles: KIND },
  pointer: { path: DEFAULT_LAYOUT.pointer.path, form: 'sectioned' },
};

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
const to = (id: string, toVersion: string | null) => ({ package: id, toVersion });
const map = (source: string, layout: Layout) => Object.fromEntries(readPointerFile(bytes(source), layout).entries);

describe('reading a pointer file', () => {
  test('a flat file maps package ids to versions', () => {
    expect(map('{"project_discovery": "1.5.0", "roles/architect": "1.0.0"}', FLAT)).toEqual({
      project_discovery: '1.5.0',
      'roles/architect': '1.0.0',
    });
  });

  test('a sectioned file maps the default kind by name and the others by kind and name', () => {
    const source = '{"$schema": "x", "document_types": {"epic": "1.0.0"}, "roles": {"architect": "2.0.0"}}';
    expect(map(source, SECTIONED)).toEqual({ epic: '1.0.0', 'roles/architect': '2.0.0' });
  });

  test('what names no release is listed, not guessed', () => {
    const flat = '{"_comment": "note", "Bad Id": "1.0.0", "epic": "latest", "document_types/epic": "1.0.0", "a": 1}';
    const ignored = ['_comment', 'Bad Id', 'epic', 'document_types/epic', 'a'];
    expect(readPointerFile(bytes(flat), FLAT)).toEqual({ entries: new Map(), ignored });
    const sectioned = '{"unknown": {"a": "1.0.0"}, "roles": {"b": null, "constructor": "1.0.0"}, "constructor": {}}';
    expect(readPointerFile(bytes(sectioned), SECTIONED)).toEqual({
      entries: new Map([['roles/constructor', '1.0.0']]),
      ignored: ['unknown', 'roles/b', 'constructor'],
    });
  });

  test.each([
    ['no JSON', '{'],
    ['a comment', '{} // why'],
    ['a trailing comma', '{"a": "1.0.0",}'],
    ['a list', '[]'],
    ['nothing', ''],
    ['a key twice', '{"a": "1.0.0", "\\u0061": "2.0.0"}'],
    ['a key twice in a section', '{"roles": {"a": "1.0.0", "a": "2.0.0"}}'],
    ['a byte order mark', '\uFEFF{}'],
    ['nesting without end', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('%s is refused', (_, source) => {
    expect(() => readPointerFile(bytes(source), FLAT)).toThrow(PointerFileUnreadable);
    expect(() => applyChanges(bytes(source), [], FLAT)).toThrow(PointerFileUnreadable);
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(() => readPointerFile(Uint8Array.of(0x22, 0xff, 0x22), FLAT)).toThrow(PointerFileUnreadable);
  });
});

describe('rewriting a pointer file', () => {
  test('keys keep their order, new entries come last, removed ones leave', () => {
    const before = bytes('{"b": "1.0.0", "a": "1.0.0", "c": "1.0.0"}');
    const after = applyChanges(before, [to('a', '1.1.0'), to('b', null), to('d', '1.0.0')], FLAT);
    expect(text(after)).toBe('{\n  "a": "1.1.0",\n  "c": "1.0.0",\n  "d": "1.0.0"\n}\n');
  });

  test('changes are applied in the order given', () => {
    const after = applyChanges(bytes('{}'), [to('z', '1.0.0'), to('a', '1.0.0'), to('z', null)], FLAT);
    expect(text(after)).toBe('{\n  "a": "1.0.0"\n}\n');
  });

  test('a missing section is created last, an emptied one stays', () => {
    const before = bytes('{"document_types": {"epic": "1.0.0"}}');
    const after = applyChanges(before, [to('epic', null), to('roles/architect', '1.0.0')], SECTIONED);
    expect(JSON.parse(text(after))).toEqual({ document_types: {}, roles: { architect: '1.0.0' } });
    expect(text(after)).toContain('"document_types": {},');
  });

  test('removing from a section that is not there creates none', () => {
    expect(text(applyChanges(bytes('{}'), [to('roles/architect', null)], SECTIONED))).toBe('{}\n');
  });

  test('unknown sections, notes, odd keys and the spelling of numbers survive', () => {
    const before = [
      '{',
      '  "$schema": "../x.json",',
      '  "10": "ten",',
      '  "9": 1.50e1,',
      '  "__proto__": {',
      '    "x": [',
      '      true,',
      '      null,',
      '      []',
      '    ]',
      '  },',
      '  "_comment": "caf\\u00e9",',
      '  "epic": "1.0.0"',
      '}',
      '',
    ].join('\n');
    expect(text(applyChanges(bytes(before), [], FLAT))).toBe(before);
    expect(text(applyChanges(bytes(before), [to('epic', '1.0.1')], FLAT))).toBe(before.replace('1.0.0', '1.0.1'));
  });

  test('a section that is no object is not overwritten', () => {
    expect(() => applyChanges(bytes('{"roles": "1.0.0"}'), [to('roles/a', '1.0.0')], SECTIONED)).toThrow(
      PointerFileUnreadable,
    );
  });

  test('what is written is what is read, whatever the moves', () => {
    const id = fc.constantFrom('epic', 'feature', 'roles/architect', 'roles/constructor', 'valueof');
    const version = fc.constantFrom('1.0.0', '1.1.0', '2.0.0-rc.1', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, version)), fc.constantFrom(FLAT, SECTIONED), (moves, layout) => {
        const expected = new Map<string, string>();
        for (const [name, toVersion] of moves) {
          if (toVersion === null) expected.delete(name);
          else expected.set(name, toVersion);
        }
        const once = applyChanges(
          bytes('{}'),
          moves.map(([name, toVersion]) => to(name, toVersion)),
          layout,
        );
        expect(Object.fromEntries(readPointerFile(once, layout).entries)).toEqual(Object.fromEntries(expected));
        expect(text(applyChanges(once, [], layout))).toBe(text(once));
      }),
    );
  });
});
