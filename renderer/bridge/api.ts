import { createContext } from 'svelte'
import type { Api } from '../../core/contract/client.ts'

/** `getApi()` in any component below App; tests set their own through `show`. */
export const [getApi, setApi] = createContext<Api>()
