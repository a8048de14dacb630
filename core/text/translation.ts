/**
 * What a translation of a German area must hold: exactly its keys. Texts may name values as `{{name}}`; what exists in
 * a form for one and a form for many ends in `_one` and `_other` and is asked for without the ending, with `count`.
 */
export type Translation<German> = { readonly [K in keyof German]: string }
