import { eventStoreContract } from '../eventstore/event-store.contract';
import {
  type Certificates,
  describeWithTls,
  makeCertificates,
  NEEDS_TLS_SERVER,
} from '../eventstore/kurrentdb/support/certificates';
import { contractLog } from '../eventstore/kurrentdb/support/contract-log';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { randomOf, seedOfRun } from './support/random';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy';
import { nothingIsUnhandled } from './support/unhandled';

/** What takes long here is to arrive, not to be given up: a thousand appends at once while connections are cut. */
const PATIENT = { appendMs: 30_000, readMs: 10_000, followMs: 30_000 };

describeWithTls(`a server on disk with TLS and users${NEEDS_TLS_SERVER}`, () => {
  nothingIsUnhandled();
  let certificates: Certificates;
  let server: RealServer;
  beforeAll(async () => {
    certificates = makeCertificates();
    server = await startRealServer({ onDisk: true, security: certificates.security });
  });
  afterAll(async () => {
    await server.dispose();
    certificates.dispose();
  });

  eventStoreContract('KurrentDB with TLS', () => contractLog(server.connectionString, PATIENT));
});

describeWithServer(`a server whose connections are cut at random moments${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  let proxy: TcpProxy;
  let cutting = true;
  let cuts = 0;
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true });
    proxy = await startTcpProxy(server.port);
    const random = randomOf(seedOfRun());
    const cutAgain = (): void => {
      if (!cutting) return;
      proxy.cut();
      cuts++;
      setTimeout(cutAgain, 300 + random() * 1_700);
    };
    setTimeout(cutAgain, 300 + random() * 1_700);
  });
  afterAll(async () => {
    cutting = false;
    await proxy.close();
    await server.dispose();
    process.stdout.write(`connections were cut ${cuts} times\n`);
    expect(cuts).toBeGreaterThan(20);
  });

  eventStoreContract('KurrentDB behind cuts', () => contractLog(`esdb://127.0.0.1:${proxy.port}?tls=false`, PATIENT));
});
