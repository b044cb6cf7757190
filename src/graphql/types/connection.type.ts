import { type ClassType, Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True when more follows: ask again with `after: endCursor`.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True when something comes before this page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null for an empty page.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null for an empty page.' })
  readonly endCursor!: string | null;
}

export interface EdgeShape<T> {
  readonly node: T;
  readonly cursor: string;
}

/** A page of a list, Relay style. */
export interface ConnectionShape<T> {
  readonly edges: readonly EdgeShape<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The Relay types `NAMEConnection` and `NAMEEdge` of an object type; `plural` is what people call a list of it. */
export function connectionType<T extends object>(
  node: ClassType<T>,
  name: string,
  plural: string,
): ClassType<ConnectionShape<T>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `An item of a list of ${plural}, with its place.` })
  class Edge implements EdgeShape<T> {
    @Field(() => node, { description: 'The item.' })
    readonly node!: T;

    @Field(() => String, { description: 'Its place in the list: opaque; give it as `after` to continue behind it.' })
    readonly cursor!: string;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of ${plural}.` })
  class Connection implements ConnectionShape<T> {
    @Field(() => [Edge], { description: 'The items of this page with their places.' })
    readonly edges!: readonly Edge[];

    @Field(() => [node], { description: 'The items of this page, for those who do not need their places.' })
    readonly nodes!: readonly T[];

    @Field(() => PageInfo, { description: 'Whether there is more, and how to get it.' })
    readonly pageInfo!: PageInfo;

    @Field(() => Int, { description: 'Items of the whole list. Counted when you ask for it.' })
    readonly totalCount!: number;
  }
  return Connection;
}
