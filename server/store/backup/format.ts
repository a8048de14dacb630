import Type, { type Static } from 'typebox'

/**
 * A backup is a gzipped tar: `kontor-backup.json` (Header) first, then `tables/<name>/<part>.copy` (PostgreSQL's text
 * format of COPY, a table's parts in order), `media/<name>` when they are in it, and `contents.json` (Contents) last,
 * which says what all of it has to come to. A file without it is not whole.
 */
export const headerName = 'kontor-backup.json'
export const contentsName = 'contents.json'
export const formatVersion = 1

export const Header = Type.Object({
  format: Type.Literal('kontor-backup'),
  version: Type.Integer(),
  createdAt: Type.String(),
  appVersion: Type.String(),
  postgresVersion: Type.String(),
  /** Of the moment the backup shows. Null: no server ever ran on that database. */
  epoch: Type.Union([Type.String(), Type.Null()]),
  head: Type.Integer(),
  migrations: Type.Array(Type.String()),
  /** In an order in which they can be filled. Generated columns are left out. */
  tables: Type.Array(Type.Object({ name: Type.String(), columns: Type.Array(Type.String()) })),
})
export type Header = Static<typeof Header>

const Sum = Type.Object({ sha256: Type.String(), sizeBytes: Type.Integer() })

export const Contents = Type.Object({
  tables: Type.Record(Type.String(), Type.Intersect([Sum, Type.Object({ rows: Type.Integer() })])),
  /** The last number each sequence gave. */
  sequences: Type.Record(Type.String(), Type.Integer()),
  media: Type.Object({
    /** What messages refer to. */
    files: Type.Integer(),
    sizeBytes: Type.Integer(),
    /** Small copies among them. */
    included: Type.Record(Type.String(), Sum),
  }),
})
export type Contents = Static<typeof Contents>

/** A file's name in the media store: its hash, or its small copy. */
export const isMediaName = (name: string): boolean =>
  /^[0-9a-f]{64}(\.thumbnail\.webp)?$/.test(name)
