import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { COMPILING_MS, scratch, serve, slipway } from './support/run-slipway';

const { next } = scratch();
beforeAll(() => slipway(['--help']), COMPILING_MS);

it('slipway export writes the same file beside a server and without one, and overwrites nothing unasked', async () => {
  const directory = next('data');
  const [beside, offline] = [next('beside.jsonl'), next('offline.jsonl')];
  const server = await serve(directory, ['--data-dir', directory, '--port', '0']);
  const ran = await slipway(['export', '--to', beside, '--data-dir', directory, '--json']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  await server.stop();
  const result = JSON.parse(ran.stdout) as { bytes: number; events: number };
  expect(result).toMatchObject({ file: beside, bytes: readFileSync(beside).length, unpublished: 0 });

  expect((await slipway(['export', '--to', offline, '--data-dir', directory])).stdout).toContain(
    `Exported ${String(result.events)} events`,
  );
  expect(readFileSync(offline)).toEqual(readFileSync(beside));

  writeFileSync(offline, 'mine\n');
  const refused = await slipway(['export', '--to', offline, '--data-dir', directory]);
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--force') as string });
  expect(readFileSync(offline, 'utf8')).toBe('mine\n');
  expect((await slipway(['export', '--to', offline, '--data-dir', directory, '--force'])).code).toBe(0);
  expect(readFileSync(offline)).toEqual(readFileSync(beside));

  const none = next('none.jsonl');
  const stranger = await slipway(['export', '--to', none, '--package', 'stranger', '--data-dir', directory]);
  expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('no package stranger') as string });
  expect([existsSync(none), readdirSync(dirname(none)).filter((name) => name.endsWith('.partial'))]).toEqual([
    false,
    [],
  ]);
});
