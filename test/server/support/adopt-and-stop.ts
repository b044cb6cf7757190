import { type EventStore } from '../../../src/eventstore';
import { adoptFiles, importRepository } from '../../../src/server/adopt-source';
import { openFoundation } from '../../../src/server/open-foundation';
import { BUNDLED_EXAMPLE } from '../../../src/server/config';

/** Dies, as in a power cut, when so many appends are durable. */
function dyingAfter(appends: number, store: EventStore): EventStore {
  let left = appends;
  return new Proxy(store, {
    get: (target, property) => {
      if (property !== 'append') {
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async (...parameters: Parameters<EventStore['append']>) => {
        const appended = await target.append(...parameters);
        left -= 1;
        if (left !== 0) return appended;
        process.kill(process.pid, 'SIGKILL');
        return new Promise(() => undefined);
      };
    },
  });
}

/** Adopts the bundled example, or imports a repository, in a data directory and dies after some appends, or never. */
async function adopt(
  dataDirectory: string,
  appends: number,
  source: string | undefined,
  withHistory: boolean,
): Promise<void> {
  const foundation = await openFoundation(dataDirectory, {
    validation: { execArgv: ['--allow-addons', ...process.execArgv], processes: 1 },
  });
  const dying = { ...foundation, store: dyingAfter(appends, foundation.store) };
  if (source === undefined) await adoptFiles(dying, { directory: BUNDLED_EXAMPLE, layout: undefined });
  else await importRepository(dying, { path: source, branch: null, layout: undefined, withHistory });
  await foundation.close();
}

const [, , dataDirectory, appends, source, history] = process.argv;
if (dataDirectory === undefined) throw new TypeError('The data directory is missing.');
void adopt(dataDirectory, Number(appends), source, history === 'history');
