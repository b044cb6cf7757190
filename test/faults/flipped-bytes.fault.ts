import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptAgain, exportedStory } from '../application/export/exported-story';
import { seedOfRun, trials } from './support/size';

const TAMPERING = join(__dirname, '..', 'tools', 'tampering.mjs');

it('a flipped bit of an export that was adopted again is found and its line named', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-flips-'));
  const story = await exportedStory(join(directory, 'repository.git'), join(directory, 'events.db'));
  try {
    await adoptAgain(story);
    const file = join(directory, 'export.jsonl');
    writeFileSync(file, (await story.lines()).join(''));
    const seed = seedOfRun();
    const wanted = trials(2_000, 100_000);
    const ran = spawnSync(process.execPath, [TAMPERING, file, String(seed), String(wanted)], { encoding: 'utf8' });
    const { tried, missed } = JSON.parse(ran.stdout) as { tried: number; missed: unknown[] };
    expect({ seed, missed, tried }).toEqual({ seed, missed: [], tried: wanted });
  } finally {
    await story.close();
    rmSync(directory, { recursive: true });
  }
});
