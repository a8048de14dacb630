import type { inbox as german } from '../de/inbox.ts'
import type { Translation } from '../translation.ts'

export const inbox: Translation<typeof german> = {}
