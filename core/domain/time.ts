import Type from 'typebox'

/** UTC, whole milliseconds since 1970. */
export const AtMs = Type.Integer({ minimum: 0 })
