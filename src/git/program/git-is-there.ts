import { GIT_MISSING, TransferFailed } from '../transfer';
import { startGit } from './run-git';

/** Whether there is a `git` program. @throws TransferFailed where there is one that cannot be run. */
export async function gitIsThere({ program = 'git' }: { readonly program?: string } = {}): Promise<boolean> {
  try {
    await startGit({ program, args: ['--version'] });
    return true;
  } catch (error) {
    if (error instanceof TransferFailed && error.message === GIT_MISSING) return false;
    throw error;
  }
}
