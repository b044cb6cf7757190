import { type SourceReading } from '../../../src/application';
import { planAdoptionAgain } from '../../../src/application/drift/plan-adoption-again';
import { type LoggedRelease, type PromotedContent } from '../../../src/application/drift/promoted-content';
import { DEFAULT_LAYOUT, releaseKey } from '../../../src/domain';

const FOREIGN = 'f'.repeat(40);

function source(
  releases: readonly (readonly [id: string, version: string, tree: string])[],
  pointer: Readonly<Record<string, string>>,
  over: Partial<SourceReading> = {},
): SourceReading {
  return {
    commit: FOREIGN,
    layout: DEFAULT_LAYOUT,
    policy: null,
    releases: releases.map(([id, version, tree]) => ({ package: id, version, tree, displayName: null, requires: [] })),
    pointer: new Map(Object.entries(pointer)),
    notAdopted: [],
    ignoredPointerKeys: [],
    hasPointerFile: true,
    unreadableManifests: [],
    ...over,
  };
}

function logged(
  releases: readonly (Partial<LoggedRelease> & Pick<LoggedRelease, 'package' | 'version' | 'tree'>)[],
  pointer: Readonly<Record<string, string>>,
  movedSince: readonly string[] = [],
): PromotedContent {
  const known = releases.map((release): LoggedRelease => ({
    requires: [],
    standing: 'on main',
    draft: null,
    unsealed: null,
    ...release,
  }));
  return {
    releases: new Map(known.map((release) => [releaseKey(release.package, release.version), release])),
    pointer: new Map(Object.entries(pointer)),
    movedSince: new Set(movedSince),
    position: null,
  };
}

const EPIC = { package: 'epic', version: '1.0.0', tree: 'a' };

describe('what an adoption after foreign commits says', () => {
  it('is nothing where they changed nothing of releases and pointer', () => {
    const plan = planAdoptionAgain(
      source([['epic', '1.0.0', 'a']], { epic: '1.0.0' }),
      logged([EPIC], { epic: '1.0.0' }),
    );
    expect(plan).toEqual({ releases: [], changes: [], refusals: [] });
  });

  it('is each new release, and each package whose pointer moved, from where the log has it', () => {
    const plan = planAdoptionAgain(
      source(
        [
          ['epic', '1.0.0', 'a'],
          ['epic', '1.1.0', 'b'],
          ['task', '1.0.0', 'c'],
        ],
        { task: '1.0.0', epic: '1.1.0' },
      ),
      logged([EPIC], { epic: '1.0.0', gone: '2.0.0' }),
    );
    expect(plan.refusals).toEqual([]);
    expect(plan.releases.map(({ package: id, version }) => `${id} ${version}`)).toEqual(['epic 1.1.0', 'task 1.0.0']);
    expect(plan.changes).toEqual([
      { package: 'epic', fromVersion: '1.0.0', toVersion: '1.1.0', tree: 'b', requires: [] },
      { package: 'gone', fromVersion: '2.0.0', toVersion: null, tree: null, requires: [] },
      { package: 'task', fromVersion: null, toVersion: '1.0.0', tree: 'c', requires: [] },
    ]);
  });

  it('leaves out packages that a waiting event has moved', () => {
    const plan = planAdoptionAgain(
      source([['epic', '1.0.0', 'a']], { epic: '1.0.0' }),
      logged([EPIC, { ...EPIC, version: '1.1.0', tree: 'b', standing: 'waiting' }], { epic: '1.1.0' }, ['epic']),
    );
    expect(plan).toEqual({ releases: [], changes: [], refusals: [] });
  });

  it('is nothing that an interrupted run has said, and again what one of another commit has said', () => {
    const begun = { ...EPIC, standing: 'waiting' as const };
    const found = source([['epic', '1.0.0', 'a']], {});
    expect(planAdoptionAgain(found, logged([{ ...begun, unsealed: FOREIGN }], {})).releases).toEqual([]);
    expect(planAdoptionAgain(found, logged([{ ...begun, unsealed: 'e'.repeat(40) }], {})).releases).toHaveLength(1);
  });

  it('takes a release over that a draft committed and somebody merged by hand', () => {
    const plan = planAdoptionAgain(
      source([['epic', '1.0.0', 'a']], {}),
      logged([{ ...EPIC, standing: 'committed', draft: 'mine' }], {}),
    );
    expect(plan).toMatchObject({ refusals: [], releases: [{ package: 'epic', version: '1.0.0' }] });
  });
});

describe('the content lock refuses', () => {
  const refusals = (found: SourceReading, log: PromotedContent): string =>
    planAdoptionAgain(found, log).refusals.join(' ');

  it.each([
    ['a locked release with other content', source([['epic', '1.0.0', 'z']], {}), 'was changed'],
    ['a locked release that is gone', source([], {}), 'is not at document_types/epic/releases/1.0.0'],
    ['a map without its file', source([['epic', '1.0.0', 'a']], {}, { hasPointerFile: false }), 'pointer file'],
  ])('%s', (_, found, why) => {
    expect(refusals(found, logged([EPIC], { epic: '1.0.0' }))).toContain(why);
  });

  it('a waiting release with other content, not one that has not come yet', () => {
    const waiting = logged([{ ...EPIC, standing: 'waiting' }], {});
    expect(refusals(source([['epic', '1.0.0', 'z']], {}), waiting)).toContain('was changed');
    expect(refusals(source([], {}), waiting)).toBe('');
  });

  it('the version of a draft with other content, naming the draft', () => {
    const committed = logged([{ ...EPIC, standing: 'committed', draft: 'mine' }], {});
    expect(refusals(source([['epic', '1.0.0', 'z']], {}), committed)).toContain('draft mine');
  });

  it('a section of the pointer file that is no object any more', () => {
    const layout = { ...DEFAULT_LAYOUT, pointer: { ...DEFAULT_LAYOUT.pointer, form: 'sectioned' as const } };
    const broken = source([], {}, { layout, ignoredPointerKeys: ['document_types', '_comment'] });
    expect(planAdoptionAgain(broken, logged([], {})).refusals).toEqual([
      expect.stringContaining('"document_types" in') as string,
    ]);
  });

  it('with so many reasons as can be read', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...EPIC, version: `1.${String(index)}.0` }));
    const { refusals: told } = planAdoptionAgain(source([], {}), logged(many, {}));
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toContain('10 more');
  });
});
