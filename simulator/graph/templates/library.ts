import type { JsonObject } from '../../json.ts'
import { enumsOf, optionalText } from '../call.ts'
import { pageOf } from '../paging.ts'
import { library, type LibraryItem } from './library-items.ts'

/** What the library has, by words, topic, use case, industry, language and name. */
export function listLibrary({ values, address }: { values: JsonObject; address: string }) {
  const search = optionalText(values, 'search')?.toLowerCase() ?? ''
  const language = optionalText(values, 'language')
  const name = optionalText(values, 'name')
  const topics = enumsOf(values, 'topic')
  const usecases = enumsOf(values, 'usecase')
  const industries = enumsOf(values, 'industry')
  const isWanted = (one: LibraryItem) =>
    (language === undefined || one.language === language) &&
    (name === undefined || one.name === name) &&
    (topics?.includes(one.topic) ?? true) &&
    (usecases?.includes(one.usecase) ?? true) &&
    (!industries || one.industry.some((each) => industries.includes(each))) &&
    `${one.name} ${one.topic} ${one.usecase} ${one.body}`.toLowerCase().includes(search)
  return pageOf(library.filter(isWanted), values, address)
}
