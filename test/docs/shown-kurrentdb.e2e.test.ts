import { execFileSync } from 'node:child_process';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { COMPILING_MS, scratch, serve, slipway } from '../cli/support/run-slipway';
import { shownCommands } from './fenced-blocks';

const PROGRAM = 'npx slipway ';

describeWithServer(`docs/kurrentdb.md${NEEDS_SERVER}`, () => {
  const { next } = scratch();
  let server: RealServer;
  beforeAll(async () => {
    [server] = await Promise.all([startRealServer(), slipway(['--help'])]);
  }, COMPILING_MS);
  afterAll(() => server.dispose());

  it('shows how a data directory moves over, with commands that work in the order of the page', async () => {
    const directory = next('data');
    await (await serve(directory, ['--data-dir', directory, '--port', '0'])).stop();
    const shown = shownCommands('docs/kurrentdb.md');
    expect(shown.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      expect.arrayContaining(['npx slipway copy-events', 'npx slipway serve', 'npx slipway verify']),
    );
    for (const line of shown) {
      const run = line
        .replaceAll('./my-data', directory)
        .replace('esdb://kurrentdb.example.com:2113', server.connectionString);
      const args = run.slice(PROGRAM.length).split(' ');
      if (!run.startsWith(PROGRAM)) execFileSync('bash', ['-c', run]);
      else if (args[0] === 'serve') await (await serve(directory, [...args.slice(1), '--port', '0'])).stop();
      else expect({ line, ...(await slipway(args)) }).toMatchObject({ line, code: 0, stderr: '' });
    }
  });
});
