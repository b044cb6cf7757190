import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import {
  type Certificates,
  describeWithTls,
  makeCertificates,
  NEEDS_TLS_SERVER,
} from '../eventstore/kurrentdb/support/certificates';
import { freePort, type RealServer, startRealServer } from '../eventstore/kurrentdb/support/real-server';
import { COMPILING_MS, type Ran, scratch, slipway } from './support/run-slipway';

const { next } = scratch();
const SECRET = 'hunter2-Zq9';
const WRONG_USAGE = 2;

beforeAll(() => slipway(['--help']), COMPILING_MS);

/** Starts a node that will not come up. */
async function serveWith(env: Readonly<Record<string, string>>, args: readonly string[] = [], code = 1): Promise<Ran> {
  const ran = await slipway(['serve', '--data-dir', next('data'), '--port', '0', '--empty', ...args], {
    env: { SLIPWAY_SINGLE_NODE: '1', ...env },
  });
  expect(ran.code).toBe(code);
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(SECRET);
  // What was well before is told in lines of the log: they are JSON, and of level 30.
  const refusal = ran.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":30,'));
  expect(refusal).toHaveLength(1);
  return ran;
}

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

describeWithTls(`slipway serve, told of a real event store${NEEDS_TLS_SERVER}`, () => {
  let certificates: Certificates;
  let plain: RealServer;
  let secured: RealServer;
  let at: string;
  beforeAll(async () => {
    certificates = makeCertificates();
    [plain, secured] = await Promise.all([
      startRealServer(),
      startRealServer({ security: certificates.security, more: ['--enable-atom-pub-over-http'] }),
    ]);
    at = `127.0.0.1:${secured.port}`;
  }, 120_000);
  afterAll(async () => {
    await Promise.all([plain.dispose(), secured.dispose()]);
    certificates.dispose();
  });

  const withCa = (credentials: string): Readonly<Record<string, string>> => ({
    SLIPWAY_EVENT_STORE: `esdb://${credentials}${at}`,
    SLIPWAY_EVENT_STORE_CA_FILE: certificates.security.caFile,
  });

  it('says that the password is wrong, and whose', async () => {
    const { stderr } = await serveWith(withCa(`admin:${SECRET}@`));
    expect(stderr).toContain('the server does not know user admin, or the password is wrong.');
  });

  it('says that the server asks for a user, and where to give one', async () => {
    const { stderr } = await serveWith(withCa(''));
    expect(stderr).toContain('the server asks for a user. Give one in SLIPWAY_EVENT_STORE_USER');
  });

  it('names the right that the user lacks', async () => {
    const { stderr } = await serveWith(withCa('ops:changeit@'));
    expect(stderr).toContain('User ops has no right to read $all. Make it a reader in the metadata of $all');
  });

  it('says that the certificate is of another authority', async () => {
    const { stderr } = await serveWith({
      ...withCa('admin:changeit@'),
      SLIPWAY_EVENT_STORE_CA_FILE: certificates.otherCaFile,
    });
    expect(stderr).toContain(`the certificate of ${at} was not made by the authority in ${certificates.otherCaFile}`);
  });

  it('says that no authority was named', async () => {
    const { stderr } = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://admin:changeit@${at}` });
    expect(stderr).toContain(`the certificate of ${at} is of no authority that is known here`);
    expect(stderr).toContain('SLIPWAY_EVENT_STORE_CA_FILE');
  });

  it('says that a CA file holds no certificate', async () => {
    const file = next('empty.crt');
    writeFileSync(file, 'not a certificate\n');
    const { stderr } = await serveWith({ ...withCa('admin:changeit@'), SLIPWAY_EVENT_STORE_CA_FILE: file });
    expect(stderr).toContain(`${file} holds no certificate in PEM`);
  });

  it('says that the server speaks TLS only, and that one does not', async () => {
    const toSecured = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://admin:changeit@${at}?tls=false` });
    expect(toSecured.stderr).toContain(`the server at ${at} speaks TLS only. Take tls=false out`);
    const toPlain = await serveWith({ SLIPWAY_EVENT_STORE: `esdb://127.0.0.1:${plain.port}` });
    expect(toPlain.stderr).toContain(`the server at 127.0.0.1:${plain.port} does not speak TLS. Add ?tls=false`);
  });

  it('takes user and password of their own variables when they are right, and stops only for what is next', async () => {
    const { stderr } = await serveWith(
      {
        ...withCa(''),
        SLIPWAY_EVENT_STORE_USER: 'admin',
        SLIPWAY_EVENT_STORE_PASSWORD: 'changeit',
      },
      ['--port', String(plain.port)], // taken
    );
    expect(stderr).toContain(String(plain.port));
  });
});
