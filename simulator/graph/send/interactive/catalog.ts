/** Products of a catalogue. Any catalogue and any product will do: the desk has no shop to look them up in. */
import { objectsOf, type JsonObject } from '../../../json.ts'
import { listOf, objectOf, optionalText, requiredText } from '../../call.ts'
import { invalid, missing } from '../../errors.ts'
import { counted, within } from '../limits.ts'

export function checkProduct(action: JsonObject): void {
  requiredText(action, 'catalog_id')
  requiredText(action, 'product_retailer_id')
}

export function checkProductList(action: JsonObject): void {
  requiredText(action, 'catalog_id')
  const sections = objectsOf(listOf(action, 'sections'))
  counted('interactive.action.sections', sections.length, 1, 10)
  for (const section of sections) {
    const title = optionalText(section, 'title')
    if (title !== undefined) within('section title', title, 24)
    else if (sections.length > 1) throw missing('section title')
  }
  const products = sections.flatMap((section) => objectsOf(listOf(section, 'product_items')))
  counted('products in all sections', products.length, 1, 30)
  for (const product of products) requiredText(product, 'product_retailer_id')
}

export function checkCatalogMessage(action: JsonObject): void {
  if (action.name !== 'catalog_message') {
    throw invalid('interactive.action.name', "must be 'catalog_message'")
  }
  if (action.parameters === undefined) return
  optionalText(objectOf(action, 'parameters'), 'thumbnail_product_retailer_id')
}
