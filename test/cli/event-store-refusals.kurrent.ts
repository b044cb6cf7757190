import { writeFileSync } from 'node:fs';
import {
  type Certificates,
  describeWithTls,
  makeCertificates,
  NEEDS_TLS_SERVER,
} from '../eventstore/kurrentdb/support/certificates';
import { type RealServer, startRealServer } from '../eventstore/kurrentdb/support/real-server';
import { refusedStarts, SECRET } from './support/refused-starts';

const { next, serveWith } = refusedStarts();

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
