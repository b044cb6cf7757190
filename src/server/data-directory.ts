import { access, constants, mkdir } from 'node:fs/promises';
import { BadConfiguration } from './config';

/** The log in the data directory. */
export const EVENT_LOG_FILE = 'events.db';

/** The read models' database in the data directory. */
export const READ_MODEL_FILE = 'read-model.db';

/** The bare repository in the data directory. */
export const REPOSITORY_DIRECTORY = 'repository.git';

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file.',
  ENOTDIR: 'a part of its path is a file.',
  EACCES: 'this user may not write there.',
  EPERM: 'this user may not write there.',
  EROFS: 'nothing can be written there.',
};

/** Makes the data directory where there is none, for its owner alone. @throws BadConfiguration where there can be none. */
export async function makeDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? WHY[String(error.code)] : undefined;
    if (why === undefined) throw error;
    const message = `The data directory ${directory} cannot be used: ${why} Give another with --data-dir.`;
    throw new BadConfiguration(message, { cause: error });
  }
}
