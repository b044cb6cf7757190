import { type MissedPin, pinWarnings } from '../../../src/domain';

const RELEASE = { package: 'workflows/writing', version: '2.0.0' };
const PLACE = { path: 'definition.json', line: 4, places: 1 };
const missed = (more: Partial<MissedPin> = {}): MissedPin => ({
  ...{ release: RELEASE, isEntering: false, id: 'tasks/brief', version: '1.0.0', active: '1.1.0' },
  ...PLACE,
  ...more,
});
const warning = (more: Partial<MissedPin>) => pinWarnings('Activate', [missed(more)], [])[0];

describe('warnings about versions that a workflow runs with', () => {
  it('name the release, what it refers to, the place, and what would be active', () => {
    expect(pinWarnings('RollBack', [missed()], [])).toEqual([
      {
        code: 'PINNED_VERSION_NOT_ACTIVE',
        packageId: 'workflows/writing',
        message: 'workflows/writing 2.0.0 refers to tasks/brief 1.0.0 (definition.json:4), but 1.1.0 would be active.',
        unblock: 'Activate a release of workflows/writing that refers to 1.1.0 afterwards.',
      },
    ]);
  });

  it('say what to bring along, and never a pre-release', () => {
    const instead = 'tage a release of workflows/writing that refers to 1.1.0, and activate that instead.';
    expect(warning({ isEntering: true })?.unblock).toBe(`Also activate tasks/brief 1.0.0, or s${instead}`);
    expect(warning({ isEntering: true, version: '2.0.0-rc.1' })?.unblock).toBe(`S${instead}`);
    expect(warning({ isEntering: true, active: null })?.unblock).toContain('another version of tasks/brief');
  });

  it('stay in one line, whatever a file is called', () => {
    expect(warning({ path: 'a\nb\u202e.json', line: null })?.message).not.toMatch(/[\n\u202e]/);
  });

  it('are at most a hundred, and one that says how many more there are', () => {
    const many = Array.from({ length: 103 }, (_, at) => missed({ id: `tasks/t${at}` }));
    const warnings = pinWarnings('Activate', many, []);
    expect(warnings).toHaveLength(101);
    expect(warnings.at(-1)).toMatchObject({
      code: 'PINNED_VERSION_NOT_ACTIVE',
      packageId: null,
      message: '3 more references of active workflows and operations would be to versions that are not active.',
    });
  });

  it('say of which releases it could not be told', () => {
    expect(pinWarnings('Activate', [], [])).toEqual([]);
    expect(pinWarnings('Activate', [], [RELEASE])).toMatchObject([
      { code: 'PINNED_VERSIONS_UNKNOWN', packageId: 'workflows/writing' },
    ]);
    const other = { package: 'workflows/other', version: '1.0.0' };
    expect(pinWarnings('Activate', [], [RELEASE, other, other])).toMatchObject([
      {
        code: 'PINNED_VERSIONS_UNKNOWN',
        packageId: null,
        message: expect.stringContaining('workflows/writing 2.0.0 and of 2 more releases') as string,
      },
    ]);
  });
});
