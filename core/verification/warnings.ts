import { phrase } from './phrase.ts'

/** What deeds mean that cannot be taken back at once. */
export const deedWarnings = {
  register: phrase('verification.warning-register'),
  deregister: phrase('verification.warning-deregister'),
}
