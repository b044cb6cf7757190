import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { killedAtStep, restarted } from './scenarios/killed-at-step';
import { makeDisk, powerCuts } from './scenarios/power-cut';
import { projectorFails } from './scenarios/projector-fails';
import {
  humanCommitsToMain,
  objectLeftEmpty,
  stagedContentGone,
  trailersInReason,
} from './scenarios/repository-faults';
import { play, type Scenario } from './scenarios/scenario';
import { secondProcess } from './scenarios/second-process';
import { scratch } from './support/data-directory';
import { report } from './support/figures';
import { foundIn } from './support/ground';
import { faultTest, mounts, whyNoImages } from './support/machine';
import { OwnRecord } from './support/own-record';

const MUSEUM = join(__dirname, 'museum');

/** A known bug; its file names the source, the exact text, and what stands there instead. */
interface Exhibit {
  readonly name: string;
  readonly bug: string;
  /** The scenario that must find it. */
  readonly caughtBy: string;
  /** A pattern of what that scenario must say. */
  readonly finding: string;
}

const EXHIBITS = readdirSync(MUSEUM).map((file) => ({
  ...(JSON.parse(readFileSync(join(MUSEUM, file), 'utf8')) as Omit<Exhibit, 'name'>),
  name: file.replace('.mutation.json', ''),
}));

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'killed at appended': killedAtStep('activateReleases', 'appended'),
  'killed at projected': killedAtStep('set', 'projected'),
  restarted,
  'projector fails': projectorFails,
  'second process': secondProcess,
  'object left empty': objectLeftEmpty,
  'staged content gone': stagedContentGone,
  'human commits': humanCommitsToMain,
  'trailers in reason': trailersInReason,
};
/** Cuts until a server that syncs too little has lost something: the moment matters. */
const CUTS_MS = [3_000, 700, 700, 700];

(gitIsThere ? describe : describe.skip)('the museum of bugs (needs git)', () => {
  const mounted = mounts(); // before the directory that they are in is removed
  const { next, record } = scratch();
  const caught: string[] = [];
  afterAll(() =>
    report({
      fault: 'museum',
      what: 'known bugs put back and caught',
      trials: EXHIBITS.length,
      acknowledged: 0,
      lost: 0,
      twice: 0,
      violations: EXHIBITS.length - caught.length,
      more: { caught: `${caught.length} of ${EXHIBITS.length}` },
    }),
  );

  async function afterCuts(mutation: string): Promise<readonly string[]> {
    const recordPath = next('record.jsonl');
    const own = new OwnRecord(recordPath);
    const cuts = powerCuts(makeDisk(next(), mounted), {
      record: own,
      recordPath,
      cutRecord: () => next('record.jsonl'),
      seed: 1,
      waitMs: CUTS_MS,
      node: { mutation },
    });
    for await (const { state, refusal } of cuts) {
      const found = state === null ? [refusal ?? ''] : foundIn(state);
      if (found.length > 0) return found;
    }
    return [];
  }

  describe('finds nothing without a bug', () => {
    it.each(Object.keys(SCENARIOS))('%s', async (name) => {
      expect(await play(SCENARIOS[name]!, { dataDirectory: next(), record: record() })).toEqual([]);
    });
  });

  describe('catches', () => {
    for (const { name, bug, caughtBy, finding } of EXHIBITS) {
      const cut = caughtBy === 'power cut';
      faultTest(cut ? whyNoImages() : null, `${bug} (${name})`, async () => {
        const node = { mutation: name };
        const found = cut
          ? await afterCuts(name)
          : await play(SCENARIOS[caughtBy]!, { dataDirectory: next(), record: record(), node });
        expect(found.join('\n')).toMatch(new RegExp(finding, 'i'));
        caught.push(name);
      });
    }
  });
});
