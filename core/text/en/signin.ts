import type { signin as german } from '../de/signin.ts'
import type { Translation } from '../translation.ts'

export const signin: Translation<typeof german> = {}
