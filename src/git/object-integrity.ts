import { type ObjectId } from './git-repository';

/** Something that is wrong with the objects or refs of a repository. */
export interface RepositoryFault {
  /** The object, where one can be named. */
  readonly oid: ObjectId | null;
  /** One line. */
  readonly what: string;
}

/** Looks at every object of a repository: that each has its bytes, and that what refs lead to is all there. */
export interface ObjectIntegrity {
  /**
   * What is damaged or missing; nothing for a sound repository. What older programs wrote in another way than ours is no fault.
   * @throws TransferFailed when it cannot be looked at.
   */
  faults(): Promise<readonly RepositoryFault[]>;
}
