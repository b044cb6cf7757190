import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { gitRepositoryContract } from '../git-repository.contract';

gitRepositoryContract('isomorphic-git on the durable file system', (gitdir) => initGitRepository({ gitdir }));
