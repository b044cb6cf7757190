import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePort } from '../eventstore/kurrentdb/support/real-server';
import { refusedStarts, SECRET, WRONG_USAGE } from './support/refused-starts';
import { slipway } from './support/run-slipway';

const { next, serveWith } = refusedStarts();

describe('slipway serve, told of an event store that cannot be used', () => {
  it('refuses a connection string that is none', async () => {
    const SLIPWAY_EVENT_STORE = `esdb://ops:${SECRET}@127.0.0.1?tls=false&`;
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE }, [], WRONG_USAGE);
    expect(stderr).toContain('SLIPWAY_EVENT_STORE is no connection string that can be used. After the ?');
  });

  it('refuses a password in its arguments', async () => {
    const { stderr } = await serveWith({}, ['--event-store', `esdb://ops:${SECRET}@127.0.0.1`], WRONG_USAGE);
    expect(stderr).toContain('--event-store must not hold a password');
  });

  it('says that nothing answers at the address', async () => {
    const port = await freePort();
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://ops:${SECRET}@127.0.0.1:${port}?tls=false` });
    expect(stderr).toContain(`nothing answers at 127.0.0.1:${port} (ECONNREFUSED). Is the server running`);
  });

  it('says the same of an IPv6 address', async () => {
    const port = await freePort();
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://[::1]:${port}?tls=false` });
    expect(stderr).toMatch(/nothing answers at \[::1\]:\d+ \((ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT)\)/);
  });

  it('prints no password where DEBUG makes the client print its calls', async () => {
    const SLIPWAY_EVENT_STORE = `esdb://ops:${SECRET}@127.0.0.1:${await freePort()}?tls=false`;
    const { stdout, stderr } = await slipway(['serve', '--data-dir', next('data'), '--port', '0', '--empty'], {
      env: { SLIPWAY_SINGLE_NODE: '1', SLIPWAY_EVENT_STORE, DEBUG: '*' },
    });
    expect(stderr).toContain('slipway-log');
    for (const text of [SECRET, Buffer.from(`ops:${SECRET}`).toString('base64')]) {
      expect(`${stdout}${stderr}`).not.toContain(text);
    }
  });

  it('says that a name is of no address', async () => {
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: 'esdb://kurrentdb.invalid:2113?tls=false' });
    expect(stderr).toMatch(/nothing answers at kurrentdb\.invalid:2113 \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  it('says that no member of a cluster answers, and names them all', async () => {
    const [one, two] = [await freePort(), await freePort()];
    const members = `127.0.0.1:${one},127.0.0.1:${two}`;
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://${members}?tls=false` });
    expect(stderr).toContain(`nothing answers at 127.0.0.1:${one} (ECONNREFUSED)`);
    expect(stderr).toContain(`nothing answers at 127.0.0.1:${two} (ECONNREFUSED)`);
  });

  it('says that what answers there is no event store', async () => {
    const silent: Server = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    try {
      const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://127.0.0.1:${port}?tls=false` });
      expect(stderr).toContain(`127.0.0.1:${port} did not answer as it should`);
    } finally {
      silent.close();
    }
  });
});
