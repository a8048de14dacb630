import { late } from '../../core/text/late.ts'
import { addTexts } from './i18n.svelte.ts'

/** Imported for its effect by what is fetched when it is wanted: its texts come with it. */
addTexts(late)
