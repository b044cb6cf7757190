import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { COMPILING_MS, scratch, serve, slipway } from './support/run-slipway';

describeWithServer(`slipway on a KurrentDB${NEEDS_SERVER}`, () => {
  const { next } = scratch();
  let server: RealServer;
  beforeAll(async () => {
    [server] = await Promise.all([startRealServer({ onDisk: true }), slipway(['--help'])]);
  }, COMPILING_MS);
  afterAll(() => server.dispose());

  it('goes from draft to production and back as on an embedded log, and verifies', async () => {
    const directory = next('data');
    const dataDir = ['--data-dir', directory];
    const store = ['--event-store', server.connectionString, '--single-node'];
    const served = await serve(directory, [...dataDir, '--port', '0', ...store]);
    const toured = await slipway(['tour', ...dataDir, '--json']);
    expect({ code: toured.code, stderr: toured.stderr }).toEqual({ code: 0, stderr: '' });
    const steps = JSON.parse(toured.stdout) as unknown[];

    const beside = await slipway(['verify', ...dataDir, '--json']);
    expect(JSON.parse(beside.stdout)).toMatchObject({ passed: true });
    expect(await served.stop()).toBe(0);
    await server.stop();
    const away = await slipway(['verify', ...dataDir, '--json']); // reads the copy
    expect(JSON.parse(away.stdout)).toMatchObject({ passed: true, unpublished: 0 });

    const embedded = next('embedded');
    const servedAlone = await serve(embedded, ['--data-dir', embedded, '--port', '0']);
    const alone = await slipway(['tour', '--data-dir', embedded, '--json']);
    expect(await servedAlone.stop()).toBe(0);
    expect(steps).toHaveLength((JSON.parse(alone.stdout) as unknown[]).length);
  });
});
