import { inspectCommit } from '../../../src/application';
import { humanFormat } from '../../../src/cli/inspect/human-format';
import { type InspectedRepository, inspectedRepository } from '../../../src/cli/inspect/inspected-repository';
import { jsonFormat } from '../../../src/cli/inspect/json-format';
import { historyResults } from '../../../src/cli/inspect/sarif-results';
import { sarifFormat } from '../../../src/cli/validate/sarif-format';
import { systemClock } from '../../../src/server/system';
import { HistoryStory, points, release } from '../../git/history/history-story';
import { engineFromSource } from '../../validation/support/engine-from-source';
import { sarifFaults } from '../validate/sarif-faults';

const engine = engineFromSource();
afterAll(() => engine.close());

const manifest = (version: string, name: string): string =>
  `doc_type_id: charter\nversion: ${version}\ndisplay_name: ${name}\n`;

async function inspect(story: HistoryStory): Promise<InspectedRepository> {
  const commit = story.commits.at(-1) ?? '';
  const inspection = await inspectCommit({ objects: story.objects, validation: engine, clock: systemClock }, commit);
  return inspectedRepository('their-config', inspection, engine);
}

/** A release that was edited while it was live, and a pointer that named what was not there for a day. */
async function irregular(): Promise<HistoryStory> {
  const story = new HistoryStory();
  await story.commit({ ...release('charter', '1.0.0', manifest('1.0.0', 'Charter')), ...points({ charter: '1.0.0' }) });
  await story.commit(points({ charter: '1.1.0' }));
  await story.commit(release('charter', '1.1.0', manifest('1.1.0', 'Charter')));
  await story.commit(release('charter', '1.1.0', `${manifest('1.1.0', 'Charter')}required_inputs: [epic]\n`));
  return story;
}

describe('A repository with an irregular history', () => {
  let inspected: InspectedRepository;
  beforeAll(async () => {
    inspected = await inspect(await irregular());
  });

  it('is summed up first: what it holds, what moved, what is irregular', () => {
    const [head, layout, pointer, releases, history, irregularities] = humanFormat(inspected);
    expect(head).toMatch(/^their-config at [0-9a-f]{40}: 4 commits, 2026-01-01 to 2026-01-04$/);
    expect(layout).toBe('Layout:    document_types: document_types/{id}/releases/{version}');
    expect(pointer).toBe('Pointer:   _active/active_releases.json (flat), 1 active release, 0 dangling entries');
    expect(releases).toBe('Releases:  2 releases of 1 package in 1 kind');
    expect(history).toBe(
      'History:   2 commits moved the pointer; 1 edit under the same version, 1 of them after activation',
    );
    expect(irregularities).toBe('Irregular: 2 errors, 0 warnings in the history');
    expect(inspected.isSound).toBe(false);
  });

  it('shows what was live when, the change type that each edit needed, and what dangled', () => {
    const shown = humanFormat(inspected).join('\n');
    expect(shown).toContain('2026-01-01 to 2026-01-02 charter 1.0.0');
    expect(shown).toContain('2026-01-02 to today      charter 1.1.0 (no directory)');
    expect(shown).toMatch(/2026-01-04 [0-9a-f]{10} charter 1\.1\.0 after it had been active: needed MAJOR/);
    expect(shown).toMatch(/2026-01-02 [0-9a-f]{10} error dangling-pointer The pointer names charter 1\.1\.0/);
  });

  it('says the same as JSON, with every commit once', () => {
    expect(jsonFormat(inspected)).toMatchObject({
      format: 1,
      sound: false,
      repository: 'their-config',
      active: { charter: '1.1.0' },
      commits: [{ index: 0 }, { index: 1 }, { index: 2 }, { index: 3 }],
      live: [
        { package: 'charter', version: '1.0.0', until: { at: '2026-01-02T12:00:00.000Z' } },
        { package: 'charter', version: '1.1.0', until: null, hadContent: false },
      ],
      edits: [{ version: '1.1.0', afterActivation: true, classification: { required: 'major' } }],
      irregularities: [{ rule: 'dangling-pointer' }, { rule: 'release-edited-after-activation' }],
    });
  });

  it('is a SARIF log whose results of the history name rules that it describes', () => {
    const log = sarifFormat(inspected.tip, '1.2.3', historyResults(inspected));
    expect(sarifFaults(log)).toEqual([]);
    const text = JSON.stringify(log);
    expect(text).toContain('"ruleId":"release-edited-after-activation"');
    expect(text).toContain('It needed a new MAJOR version.');
  });
});

it('finds nothing irregular in a history that only adds and moves', async () => {
  const story = new HistoryStory();
  await story.commit({ ...release('charter', '1.0.0', manifest('1.0.0', 'Charter')), ...points({ charter: '1.0.0' }) });
  await story.commit({ ...release('charter', '1.1.0', manifest('1.1.0', 'Charter')), ...points({ charter: '1.1.0' }) });
  const { irregularities, edits } = await inspect(story);
  expect({ irregularities, edits }).toEqual({ irregularities: [], edits: [] });
});

it('says what cannot be read where the layout follows from nothing', async () => {
  const story = new HistoryStory();
  await story.commit({ '_active/active_releases.json': '{ "charter": ' });
  const inspected = await inspect(story);
  expect(inspected.isSound).toBe(false);
  const shown = humanFormat(inspected).join('\n');
  expect(shown).toContain('Its releases cannot be told; see below.');
  expect(shown).toContain('_active/active_releases.json error');
});
