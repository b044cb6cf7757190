import { eventStoreContract } from '../event-store.contract';
import { contractLog } from './support/contract-log';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  RUNNING_SERVER,
  startRealServer,
} from './support/real-server';

describeWithServer(`a server on disk${NEEDS_SERVER}`, () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true });
  });
  afterAll(() => server.dispose());

  eventStoreContract('KurrentDB', () => contractLog(server.connectionString));
});

if (RUNNING_SERVER !== undefined) {
  const url = RUNNING_SERVER;
  eventStoreContract('the running KurrentDB', () => contractLog(url));
}
