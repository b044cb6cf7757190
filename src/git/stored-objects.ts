import { ObjectMissing } from './errors';
import { type ObjectId } from './git-repository';
import { type ObjectType } from './object-form/object-bytes';

/** An object as it is stored, without its header. */
export interface StoredObject {
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

/** The objects of a repository byte for byte: for whoever has to prove what is there. Writes nothing. */
export interface StoredObjects {
  /** @throws ObjectMissing for an object that is not there, or whose bytes do not have its id. */
  read(oid: ObjectId): Promise<StoredObject>;
  close(): Promise<void>;
}

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

/** Why an object cannot be read, in the words of {@link ObjectMissing}. */
export function missing(oid: ObjectId, why: string): ObjectMissing {
  return new ObjectMissing(oid, { cause: new RangeError(why) });
}
